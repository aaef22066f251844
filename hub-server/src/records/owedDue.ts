import type { XeroRecord } from '../../protocol/xero';

/** When money that is owed now falls due, in small: kept where no copy of the record is. */
export interface OwedDue {
	/** As `2026-11-30`. */
	readonly day: string;
	readonly entity: 'invoice' | 'bill';
}

/** The same of a record that was known before. */
export interface KnownDue extends OwedDue {
	/** When it was seen to be owed by that day first, epoch milliseconds; null where nobody saw that begin. */
	readonly since: number | null;
}

/** @returns null for what is not approved, is paid or void, or is no sales invoice or bill */
export function owedDue(record: XeroRecord): OwedDue | null {
	const entity = ENTITY_OF_TYPE.get(String(record['Type']));
	const amount = record['AmountDue'];
	if (entity === undefined || record['Status'] !== 'AUTHORISED') return null;
	if (typeof amount !== 'number' || amount <= 0) return null;
	const day = dueDay(record);
	return day === undefined ? null : { day, entity };
}

/**
 * @param changedAt when the version that says so was read, epoch milliseconds; null where it is the one that was
 * known already
 */
export function knownDue(
	now: OwedDue | null,
	before: KnownDue | null | undefined,
	changedAt: number | null,
): KnownDue | null {
	if (now === null) return null;
	return { ...now, since: before?.day === now.day ? before.since : changedAt };
}

const ENTITY_OF_TYPE: ReadonlyMap<string, OwedDue['entity']> = new Map([
	['ACCREC', 'invoice'],
	['ACCPAY', 'bill'],
]);

/** Xero writes a day as the midnight with which it begins in UTC, and beside it as text. */
function dueDay(record: XeroRecord): string | undefined {
	const text = record['DueDateString'];
	if (typeof text === 'string' && DAY.test(text)) return text.slice(0, 10);
	const ms = /^\/Date\((-?\d{1,15})/.exec(String(record['DueDate']))?.[1];
	const at = new Date(Number(ms ?? NaN));
	const day = Number.isNaN(at.getTime()) ? '' : at.toISOString();
	return DAY.test(day) ? day.slice(0, 10) : undefined;
}

/** Of four-digit years, so that days sort as texts. */
const DAY = /^\d{4}-\d{2}-\d{2}T/;
