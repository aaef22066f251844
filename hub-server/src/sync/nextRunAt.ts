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

/** How often it runs in a day, on the average of the next week. */
export function runsADay(plan: StreamPlan, now: number): number {
	if ('everySeconds' in plan) return 86_400 / plan.everySeconds;
	const end = now + 7 * DAY_MS;
	return (
		cronOf(plan)
			.nextRuns(7 * 24 * 60, new Date(now))
			.filter((at) => at.getTime() <= end).length / 7
	);
}

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
