import type { Clock } from '../clock';

/** Beyond this many names all are forgotten: an entry too many is better than memory without end. */
const MAX_NAMES = 10_000;

/**
 * For what happens so often that each time would bury the rest of the log.
 *
 * @returns whether a name is said for the first time within the period, in this process; again too once
 * the clock was set back
 */
export function oncePer(periodMs: number, now: Clock): (name: string) => boolean {
	const said = new Map<string, number>();
	return function isFirst(name) {
		const at = now();
		const last = said.get(name);
		if (last !== undefined && last <= at && at - last < periodMs) return false;
		if (said.size >= MAX_NAMES) said.clear();
		said.set(name, at);
		return true;
	};
}

export const HOUR_MS = 3600_000;
