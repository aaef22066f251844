import { parameter } from '../../http/parameter';
import { ApiError } from '../../resource/apiError';
import type { ApiCall } from '../../resource/ApiResource';
import { parseDay } from '../../resource/xeroDate';
import type { Organisation } from '../../world/World';
import { todayOf } from '../document/readDate';
import type { Period } from './ledgerBalances';

/**
 * A day of the request; today when it is left out.
 *
 * @throws ApiError for what is no date
 */
export function dayParameter(call: ApiCall, name: string): number | undefined {
	const text = parameter(call.request, name);
	if (text === undefined || text === '') return undefined;
	const ms = parseDay(text);
	if (ms === undefined) throw new ApiError('ValidationException', `${name} is not a valid date`);
	return ms;
}

export function reportDay(call: ApiCall, name = 'date'): number {
	return dayParameter(call, name) ?? todayOf(call.nowMs);
}

/** `fromDate` to `toDate`; the present month when they are left out. */
export function reportPeriod(call: ApiCall): Required<Period> {
	const toMs = dayParameter(call, 'toDate') ?? monthEnd(todayOf(call.nowMs));
	const fromMs = dayParameter(call, 'fromDate') ?? monthStart(toMs);
	if (fromMs > toMs) {
		throw new ApiError('ValidationException', 'The fromDate must be before the toDate');
	}
	return { fromMs, toMs };
}

/**
 * How far back each further column of a report goes, in months: `periods` columns of a `timeframe`.
 *
 * @throws ApiError for what Xero does not know
 */
export function comparisons(call: ApiCall): readonly number[] {
	const text = parameter(call.request, 'periods') || '0';
	const count = Number(text);
	const timeframe = (parameter(call.request, 'timeframe') || 'MONTH').toUpperCase();
	const months = MONTHS_OF[timeframe];
	if (months === undefined || !Number.isInteger(count) || count < 0 || count > 12) {
		throw new ApiError(
			'ValidationException',
			'The periods or timeframe of the report are not valid',
		);
	}
	return Array.from({ length: count + 1 }, (_, index) => index * months);
}

/** The budget summary takes numbers where all others take words. */
const MONTHS_OF: Readonly<Record<string, number>> = {
	MONTH: 1,
	QUARTER: 3,
	YEAR: 12,
	'1': 1,
	'3': 3,
	'12': 12,
};

/** The same period so many months before; whole months stay whole. */
export function monthsBefore({ fromMs, toMs }: Required<Period>, months: number): Required<Period> {
	return { fromMs: dayMonthsBefore(fromMs, months), toMs: dayMonthsBefore(toMs, months) };
}

/** The last day of a month stays the last day of a month. */
export function dayMonthsBefore(ms: number, months: number): number {
	const date = new Date(ms);
	const [year, month, day] = [
		date.getUTCFullYear(),
		date.getUTCMonth() - months,
		date.getUTCDate(),
	];
	const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	const isLast = monthEnd(ms) === ms;
	return Date.UTC(year, month, isLast ? last : Math.min(day, last));
}

export function monthStart(ms: number): number {
	const date = new Date(ms);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

export function monthEnd(ms: number): number {
	const date = new Date(ms);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
}

/** First day of the financial year that a day is in. */
export function yearStart({ fields }: Organisation, ms: number): number {
	const endMonth = Number(fields['FinancialYearEndMonth'] ?? 12);
	const endDay = Number(fields['FinancialYearEndDay'] ?? 31);
	const year = new Date(ms).getUTCFullYear();
	const startIn = (of: number) => Date.UTC(of, endMonth - 1, endDay + 1);
	const [last, next] = [startIn(year - 1), startIn(year)];
	return ms >= next ? next : last;
}

/** `24 April 2019`. */
export function longDay(ms: number): string {
	return new Date(ms).toLocaleDateString('en-NZ', {
		timeZone: 'UTC',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
	});
}

/** `24 Apr 2019`, in the heads of columns. */
export function shortDay(ms: number): string {
	const date = new Date(ms);
	return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `Nov 2019`. */
export function shortMonth(ms: number): string {
	const date = new Date(ms);
	return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const MONTHS = [
	'Jan',
	'Feb',
	'Mar',
	'Apr',
	'May',
	'Jun',
	'Jul',
	'Aug',
	'Sep',
	'Oct',
	'Nov',
	'Dec',
] as const;
