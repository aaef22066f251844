/** A week by ISO 8601, Monday to Sunday, in UTC. */
export interface Week {
	/** Such as `2026-W48`. */
	readonly name: string;
	/** Epoch milliseconds: its Monday, and the next one. */
	readonly from: number;
	readonly until: number;
}

const DAY_MS = 24 * 3600_000;

const WEEK_MS = 7 * DAY_MS;

/** The one that a time is in. */
export function weekOf(at: number): Week {
	// 5 January 1970 was a Monday.
	const from = Math.floor((at - 4 * DAY_MS) / WEEK_MS) * WEEK_MS + 4 * DAY_MS;
	// A week belongs to the year of its Thursday.
	const year = new Date(from + 3 * DAY_MS).getUTCFullYear();
	const first = firstMonday(year);
	const number = Math.round((from - first) / WEEK_MS) + 1;
	return { name: `${year}-W${String(number).padStart(2, '0')}`, from, until: from + WEEK_MS };
}

/** @returns undefined for what names no week */
export function readWeek(name: string): Week | undefined {
	const [, year = '', number = ''] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
	if (year === '') return undefined;
	const week = weekOf(firstMonday(Number(year)) + (Number(number) - 1) * WEEK_MS);
	return week.name === name ? week : undefined;
}

/** Whole weeks that are over, the last first. */
export function weeksBefore(at: number, count: number): readonly Week[] {
	const { from } = weekOf(at);
	return Array.from({ length: count }, (_, index) => weekOf(from - (index + 1) * WEEK_MS));
}

/** Of the first week: the one that has 4 January in it. */
function firstMonday(year: number): number {
	const fourth = Date.UTC(year, 0, 4);
	return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
}
