/**
 * How people call a record: its number and whom it is about, such as `INV-0042 · City Limousines`.
 *
 * @param record as Xero answered it; undefined where none was read
 * @returns undefined when it has no name that people know
 */
export function recordLabel(
	record: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
	if (record === undefined) return undefined;
	const contact = record['Contact'] as { readonly Name?: unknown } | null | undefined;
	const number = RECORD_NUMBERS.map((name) => record[name]).find(isText);
	const label = [number, contact?.Name, record['Name']].filter(isText).join(' · ');
	return label === '' ? undefined : label;
}

/** Members of Xero's that people call a record by, the most telling first. */
export const RECORD_NUMBERS = [
	'InvoiceNumber',
	'CreditNoteNumber',
	'PurchaseOrderNumber',
	'QuoteNumber',
	'Code',
	'Reference',
] as const;

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
