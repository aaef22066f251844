import type { StreamPlan } from '../../sync/Stream';
import { textOf } from '../show/texts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** How long something takes or took, roughly: 40 s, 15 min, 3 h, 2 days. */
export function durationWords(seconds: number): string {
	if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
	if (seconds < 90 * MINUTE) return `${Math.round(seconds / MINUTE)} min`;
	if (seconds < 36 * HOUR) return `${Math.round(seconds / HOUR)} h`;
	return textOf.plural(Math.round(seconds / DAY), 'day');
}

/**
 * A moment beside now: 3 min ago, in 12 min.
 *
 * @param at epoch milliseconds
 */
export function momentWords(at: number, now: number): string {
	const seconds = Math.abs(now - at) / 1000;
	if (seconds < 5) return at <= now ? 'just now' : 'now';
	return at <= now ? `${durationWords(seconds)} ago` : `in ${durationWords(seconds)}`;
}

/** When a stream runs: every hour, at 06:00 on weekdays (Europe/Paris). */
export function scheduleWords(plan: StreamPlan): string {
	if ('everySeconds' in plan) return intervalWords(plan.everySeconds);
	return `${cronWords(plan.cron)} (${plan.timeZone})`;
}

/** @param seconds between two runs */
export function intervalWords(seconds: number): string {
	for (const [unit, name] of [
		[DAY, 'day'],
		[HOUR, 'hour'],
		[MINUTE, 'minute'],
	] as const) {
		if (seconds % unit === 0)
			return seconds === unit ? `every ${name}` : `every ${seconds / unit} ${name}s`;
	}
	return `every ${Math.round(seconds / MINUTE)} minutes`;
}

const WEEKDAYS = [
	'Sundays',
	'Mondays',
	'Tuesdays',
	'Wednesdays',
	'Thursdays',
	'Fridays',
	'Saturdays',
];

/** Daily and weekly times in words; anything else as it was written. */
function cronWords(cron: string): string {
	const [minute = '', hour = '', dayOfMonth, month, weekday = ''] = cron.trim().split(/\s+/);
	const isPlain = /^\d{1,2}$/.test(minute) && dayOfMonth === '*' && month === '*';
	const days =
		weekday === '*'
			? ''
			: weekday === '1-5'
				? ' on weekdays'
				: /^[0-7]$/.test(weekday)
					? ` on ${WEEKDAYS[Number(weekday) % 7]}`
					: undefined;
	const past = minute.padStart(2, '0');
	if (isPlain && days !== undefined && /^\d{1,2}$/.test(hour)) {
		return `at ${hour.padStart(2, '0')}:${past}${days === '' ? ' every day' : days}`;
	}
	if (isPlain && days !== undefined && hour === '*') return `every hour at :${past}${days}`;
	return `by the time table ${cron}`;
}

/** `12,300 of 50,000, about 40 a second, 15 min left`; what nobody knows is left out or said to be unknown. */
export function progressWords({
	seen,
	total,
	perSecond,
	secondsLeft,
}: {
	readonly seen: number;
	readonly total: number | null;
	readonly perSecond: number | null;
	readonly secondsLeft: number | null;
}): string {
	const of = total === null ? ' of an unknown number' : ` of ${textOf.count(total)}`;
	return [
		`${textOf.count(seen)}${of}`,
		...(perSecond === null ? [] : [`about ${rateWords(perSecond)}`]),
		...(secondsLeft === null
			? []
			: [secondsLeft === 0 ? 'nearly done' : `${durationWords(secondsLeft)} left`]),
	].join(', ');
}

function rateWords(perSecond: number): string {
	if (perSecond >= 1) return `${textOf.count(Math.round(perSecond))} a second`;
	return `${textOf.count(Math.max(1, Math.round(perSecond * MINUTE)))} a minute`;
}
