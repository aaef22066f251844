import type { XeroRecord } from '../../protocol/xero';
import { RECORD_NUMBERS } from './recordLabel';

/** What people know a record by. Every member is absent where Xero said nothing. */
export interface RecordSummary {
	/** Its number, code or reference. */
	readonly number: string | undefined;
	/** Whom it is about, or its own name. */
	readonly name: string | undefined;
	readonly amount: number | undefined;
	/** Such as `NZD`. */
	readonly currency: string | undefined;
	/** Xero's, such as `AUTHORISED`. */
	readonly status: string | undefined;
}

/** @param record as Xero answered it */
export function recordSummary(record: XeroRecord): RecordSummary {
	const text = (name: string) => textOf(record[name]);
	return {
		number: first(NUMBERS, text),
		name: textOf((record['Contact'] as XeroRecord | null | undefined)?.['Name']) ?? text('Name'),
		amount: first(AMOUNTS, (name) => numberOf(record[name])),
		currency: text('CurrencyCode'),
		status: first(STATUSES, text),
	};
}

const NUMBERS = [...RECORD_NUMBERS, 'ContactNumber'];
const AMOUNTS = ['Total', 'Amount', 'BankAmount'];
const STATUSES = ['Status', 'ContactStatus'];

function first<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
	for (const name of names) {
		const value = read(name);
		if (value !== undefined) return value;
	}
	return undefined;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}
