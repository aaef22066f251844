import { textOf } from '../show/texts';

type XeroRecord = Readonly<Record<string, unknown>>;

/** A member of a record as people read it. */
export interface RecordFact {
	readonly label: string;
	readonly text: string;
	readonly isCode: boolean;
}

export interface RecordLine {
	readonly description: string;
	readonly quantity: string;
	readonly unitAmount: string;
	readonly account: string;
	readonly amount: string;
}

/** What people look for comes first. */
const FIRST = [
	'InvoiceNumber',
	'CreditNoteNumber',
	'QuoteNumber',
	'PurchaseOrderNumber',
	'Code',
	'Name',
	'Contact',
	'Type',
	'Status',
	'ContactStatus',
	'Date',
	'DueDate',
	'Total',
	'AmountDue',
	'AmountPaid',
	'Amount',
	'CurrencyCode',
	'Reference',
	'EmailAddress',
];

const AMOUNT = /(?:Total|Amount|Due|Paid|Credited|Balance|Rate|Price)$/;

/** Members that say something in one line, in the order in which people look for them. */
export function recordFacts(record: XeroRecord): readonly RecordFact[] {
	const names = [
		...FIRST.filter((name) => name in record),
		...Object.keys(record).filter((name) => !FIRST.includes(name)),
	];
	return names.flatMap((name) => {
		const text = textOfMember(name, record[name]);
		if (text === undefined || name.endsWith('String')) return [];
		return [
			{ label: textOf.words(name).replace(/ utc$/, ' (UTC)'), text, isCode: /ID$/.test(name) },
		];
	});
}

function textOfMember(name: string, value: unknown): string | undefined {
	// Most members that are false say that there is nothing to say.
	if (typeof value === 'boolean') return value ? 'Yes' : undefined;
	if (typeof value === 'number') return AMOUNT.test(name) ? textOf.amount(value) : String(value);
	if (typeof value === 'string') return value === '' ? undefined : (xeroTime(name, value) ?? value);
	if (Array.isArray(value)) return undefined;
	const named = (value as { readonly Name?: unknown } | null)?.Name;
	return typeof named === 'string' ? named : undefined;
}

/** Xero's `/Date(1764460800000+0000)/`; a day where nothing but a day is meant. */
function xeroTime(name: string, value: string): string | undefined {
	const at = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
	if (at === undefined) return undefined;
	return name.endsWith('UTC') ? textOf.time(Number(at)) : textOf.day(Number(at));
}

/** The lines of a document. */
export function recordLines(record: XeroRecord): readonly RecordLine[] {
	const lines = record['LineItems'];
	if (!Array.isArray(lines)) return [];
	return lines.map((line: XeroRecord) => ({
		description: wordOf(line['Description']),
		quantity: wordOf(line['Quantity']),
		unitAmount: amountOf(line['UnitAmount']),
		account: wordOf(line['AccountCode']),
		amount: amountOf(line['LineAmount']),
	}));
}

function wordOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function amountOf(value: unknown): string {
	return typeof value === 'number' ? textOf.amount(value) : '';
}
