import { Cron } from 'croner';
import type { StreamPlan } from './Stream';

/**
 * When a stream runs next by its plan.
 *
 * @param after epoch milliseconds
 */
export function nextRunAt(plan: StreamPlan, after: number): number {
	if ('everySeconds' in plan) return after + plan.everySeconds * 1000;
	const next = cronOf(plan).nextRun(new Date(after));
	return next?.getTime() ?? after + LONGEST_MS;
}

/**
 * How often it runs in a day, on the average of the next week. Of a time table that is busier than
 * {@link MOST_COUNTED} runs a week, as often as those say: each takes the process some fifty microseconds.
 */
export function runsADay(plan: StreamPlan, now: number): number {
	if ('everySeconds' in plan) return 86_400 / plan.everySeconds;
	const cron = cronOf(plan);
	const end = now + 7 * DAY_MS;
	let runs = 0;
	let at = now;
	for (;;) {
		const next = cron.nextRun(new Date(at))?.getTime() ?? Infinity;
		if (next > end) return runs / 7;
		runs += 1;
		at = next;
		if (runs === MOST_COUNTED) return runs / ((at - now) / DAY_MS);
	}
}

const MOST_COUNTED = 300;

/** Why a plan cannot be used, completing the field's name; undefined for one that can. */
export function faultOfCron(cron: string, timeZone: string): string | undefined {
	try {
		const next = cronOf({ cron, timeZone }).nextRun();
		return next === null ? 'never comes' : undefined;
	} catch {
		return 'must be five fields such as "0 6 * * 1-5", with a time zone such as Europe/Paris';
	}
}

const DAY_MS = 24 * 3600_000;

/** For a plan that has no further time, such as the 30th of February. */
const LONGEST_MS = 366 * DAY_MS;

function cronOf({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }): Cron {
	return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
}
