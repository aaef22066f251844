import type { XeroRecord } from '../../protocol/xero';
import { isGuid } from './isGuid';

/** What people know a record by. */
export interface RecordSummary {
	/** Its number, its code, or what people wrote as its reference. */
	readonly number: string | null;
	/** Whom it is about; of a contact its own name. */
	readonly name: string | null;
	readonly amount: number | null;
	/** Such as `NZD`; null where the record tells none. */
	readonly currency: string | null;
	/** Such as `PAID`. */
	readonly status: string | null;
}

/** @param record as Xero answered it */
export function recordSummary(record: XeroRecord): RecordSummary {
	const invoice = memberOf(record, 'Invoice');
	const contact = memberOf(record, 'Contact') ?? memberOf(invoice, 'Contact');
	return {
		number: firstText(NUMBERS.map((name) => record[name] ?? invoice?.[name])),
		name: firstText([contact?.['Name'], record['Name'], record['Narration']]),
		amount: firstNumber([record['Total'], record['Amount']]),
		currency: firstText([record['CurrencyCode'], invoice?.['CurrencyCode']]),
		status: firstText([record['Status'], record['ContactStatus'], record['status']]),
	};
}

const NUMBERS = [
	'InvoiceNumber',
	'CreditNoteNumber',
	'PurchaseOrderNumber',
	'QuoteNumber',
	'Code',
	'Reference',
];

function memberOf(record: XeroRecord | undefined, name: string): XeroRecord | undefined {
	const member = record?.[name];
	return typeof member === 'object' && member !== null ? (member as XeroRecord) : undefined;
}

/** An id is nothing that people know. */
function firstText(values: readonly unknown[]): string | null {
	const isName = (value: unknown): value is string =>
		typeof value === 'string' && value.trim() !== '' && !isGuid(value);
	return values.find(isName) ?? null;
}

function firstNumber(values: readonly unknown[]): number | null {
	return (
		values.find(
			(value): value is number => typeof value === 'number' && Number.isFinite(value),
		) ?? null
	);
}
