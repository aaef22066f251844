import { KEPT_MS } from '../records/savedItems';
import type { PurgeKind, PurgeStep } from './purgeSteps';
import { DAY_MS, type RetentionDays } from './RetentionDays';

/** A walk through everything that is old, a step at a time. */
export interface PurgeWalk {
	/** @returns what went of which kind, and whether the walk is at its end */
	step(): Promise<{ readonly kind: PurgeKind; readonly purged: number; readonly isEnd: boolean }>;
}

/** Below the 500 rows that a transaction may have: about ten milliseconds on a small machine. */
const ROWS_A_STEP = 200;

/** @param now epoch milliseconds: what is old is told by it for the whole walk */
export function startPurgeWalk(
	steps: Readonly<Record<PurgeKind, PurgeStep>>,
	options: {
		readonly days: RetentionDays;
		readonly now: number;
		/** Default: all of them. */
		readonly workspaceId?: string | undefined;
	},
): PurgeWalk {
	const { days, now, workspaceId } = options;
	const sections = [
		{ kind: 'savedItems' as const, days: KEPT_MS / DAY_MS },
		...(['payloads', 'records', 'attempts'] as const).map((kind) => ({
			kind,
			days: days.payloads,
		})),
		...(['deliveries', 'events', 'syncRuns', 'gaps', 'pushes'] as const).map((kind) => ({
			kind,
			days: days.events,
		})),
	];
	let at = 0;
	let after: string | undefined;

	return {
		async step() {
			const section = sections[at];
			if (section === undefined) throw new Error('The walk is at its end.');
			const { kind } = section;
			const { purged, next } = await steps[kind]({
				before: now - section.days * DAY_MS,
				after,
				limit: ROWS_A_STEP,
				workspaceId,
			});
			after = next;
			if (next === undefined) at += 1;
			return { kind, purged, isEnd: at === sections.length };
		},
	};
}
