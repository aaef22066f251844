/**
 * How people call a record: its number and whom it is about, such as `INV-0042 · City Limousines`.
 *
 * @param record the JSON of the record as Xero answered it; null where none was read
 * @returns undefined when it has no name that people know
 */
export function recordLabel(record: string | null): string | undefined {
	if (record === null) return undefined;
	const fields = JSON.parse(record) as Readonly<Record<string, unknown>>;
	const contact = fields['Contact'] as { readonly Name?: unknown } | null | undefined;
	const number = NUMBERS.map((name) => fields[name]).find(isText);
	const label = [number, contact?.Name, fields['Name']].filter(isText).join(' · ');
	return label === '' ? undefined : label;
}

const NUMBERS = [
	'InvoiceNumber',
	'CreditNoteNumber',
	'PurchaseOrderNumber',
	'QuoteNumber',
	'Code',
	'Reference',
];

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
