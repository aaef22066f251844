import { z } from 'zod';
import type { PlanWish } from '../../administration/syncChanges';
import type { StreamPlan } from '../../sync/Stream';

const MINUTES_A_MONTH = 31 * 24 * 60;

/** When a stream runs, as a form says it: every so many minutes, or by a time table. */
export const ScheduleForm = z
	.object({
		mode: z.enum(['every', 'cron'], { error: 'choose how it is scheduled' }),
		minutes: z.string().trim().max(20).default(''),
		cron: z.string().trim().max(100).default(''),
		timeZone: z.string().trim().max(100).default(''),
	})
	.transform(({ mode, minutes, cron, timeZone }, context): PlanWish => {
		const refuse = (field: string, message: string) => {
			context.addIssue({ code: 'custom', path: [field], message });
			return z.NEVER;
		};
		if (mode === 'every') {
			const every = Number(minutes);
			if (!/^\d+$/.test(minutes) || every < 1)
				return refuse('minutes', 'must be a whole number of minutes, 1 at least');
			if (every > MINUTES_A_MONTH)
				return refuse('minutes', 'must be 44,640 at most, which is a month');
			return { everySeconds: every * 60 };
		}
		if (cron === '') return refuse('cron', 'say when it runs, such as 0 6 * * 1-5');
		const zone = timeZone === '' ? 'UTC' : timeZone;
		if (!isZone(zone)) {
			return refuse(
				'timeZone',
				'must be the name of a time zone, such as Pacific/Auckland or Europe/Paris',
			);
		}
		return { cron, timeZone: zone };
	});

/** A plan as its form shows it. */
export function scheduleValues(plan: StreamPlan): Readonly<Record<string, string>> {
	if ('cron' in plan)
		return { mode: 'cron', minutes: '60', cron: plan.cron, timeZone: plan.timeZone };
	return { mode: 'every', minutes: String(plan.everySeconds / 60), cron: '', timeZone: '' };
}

function isZone(timeZone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
