import type { IDataObject } from 'n8n-workflow';

/** What of a line can be written; the rest is Xero's to say. */
const WRITABLE = [
	'LineItemID',
	'Description',
	'Quantity',
	'UnitAmount',
	'ItemCode',
	'AccountCode',
	'TaxType',
	'TaxAmount',
	'LineAmount',
	'DiscountRate',
	'DiscountAmount',
	'Tracking',
];

/** A line as Xero has it, to be sent back with a change that has to repeat it. */
export function writableLine(line: IDataObject): IDataObject {
	return Object.fromEntries(
		WRITABLE.filter((name) => line[name] !== undefined).map((name) => [name, line[name]]),
	);
}
