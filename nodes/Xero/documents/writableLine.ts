import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../fields/Field';
import { withEnteredDiscount } from './withoutComputed';

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
	'DiscountEnteredAsPercent',
	'Tracking',
	'Taxability',
	'SalesTaxCodeId',
	'TaxBreakdown',
];

/** A line as Xero has it, to be sent back with a change that has to repeat it. */
export function writableLine(line: IDataObject): Members {
	// Bank accounts can go without a code.
	const names = line.AccountCode === undefined ? [...WRITABLE, 'AccountID'] : WRITABLE;
	return withEnteredDiscount(
		Object.fromEntries(
			names.filter((name) => line[name] !== undefined).map((name) => [name, line[name]]),
		),
	);
}
