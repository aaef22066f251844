import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import { isBlank } from '../../records/isBlank';
import type { Field, Members } from './Field';
import { accountPicker, itemPicker, taxRatePicker, trackingPicker } from './pickers';
import { asTracking, parseTracking } from './tracking';
import { asDecimal, asText } from './writers';

/** Xero allows two tracking categories, and so two entries on a line. */
const MAX_TRACKING = 2;

/** Columns of sales invoices and quotes; purchase orders have the percentage. */
export const discountFields: readonly Field[] = [
	{
		property: {
			displayName: 'Discount %',
			name: 'discountRate',
			type: 'string',
			default: '',
			description: 'Percentage off this line. Sales invoices, quotes and purchase orders only.',
		},
		write: asDecimal('DiscountRate'),
	},
	{
		property: {
			displayName: 'Discount Amount',
			name: 'discountAmount',
			type: 'string',
			default: '',
			description: 'Amount off this line. Sales invoices and quotes only.',
		},
		write: asDecimal('DiscountAmount'),
	},
];

/** A line's options of the two tracking categories that an organisation can have. */
export const lineTrackingFields: readonly Field[] = [
	{
		property: trackingPicker({
			displayName: 'Tracking 1',
			name: 'tracking1',
			description: 'Category and option, such as Region: North',
		}),
		write: asTracking,
	},
	{
		property: trackingPicker({
			displayName: 'Tracking 2',
			name: 'tracking2',
			description: 'Category and option of the second tracking category',
		}),
		write: asTracking,
	},
];

/**
 * The columns of one line. Amounts are text, so that every digit reaches Xero as it was written.
 */
export const lineItemFields: readonly Field[] = [
	{
		property: {
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'What the line is for',
			placeholder: 'e.g. Consulting, March',
		},
		write: asText('Description'),
	},
	{
		property: {
			displayName: 'Quantity',
			name: 'quantity',
			type: 'string',
			default: '1',
			description: 'Up to four decimals; parts of one, such as 0.25, are allowed',
		},
		write: asDecimal('Quantity'),
	},
	{
		property: {
			displayName: 'Unit Amount',
			name: 'unitAmount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 120.5',
			description: 'Price of one, up to four decimals',
		},
		write: asDecimal('UnitAmount'),
	},
	{
		property: accountPicker({
			displayName: 'Account',
			name: 'accountCode',
			description: 'Code of the account. A draft can go without.',
		}),
		write: asText('AccountCode'),
	},
	{
		property: taxRatePicker({
			displayName: 'Tax Rate',
			name: 'taxType',
			description: 'Leave empty to use the default of the account or item',
		}),
		write: asText('TaxType'),
	},
	{
		property: itemPicker({
			displayName: 'Item',
			name: 'itemCode',
			description:
				'Product or service whose description, price and account fill what is left empty',
		}),
		write: asText('ItemCode'),
	},
	...discountFields,
	{
		property: {
			displayName: 'Line Amount',
			name: 'lineAmount',
			type: 'string',
			default: '',
			description: 'Leave empty to let Xero multiply quantity and unit amount',
		},
		write: asDecimal('LineAmount'),
	},
	{
		property: {
			displayName: 'Tax Amount',
			name: 'taxAmount',
			type: 'string',
			default: '',
			description: 'Leave empty to let Xero calculate the tax',
		},
		write: asDecimal('TaxAmount'),
	},
	...lineTrackingFields,
	{
		property: {
			displayName: 'Line Item ID',
			name: 'lineItemId',
			type: 'string',
			default: '',
			description:
				'Names the existing line that this one changes. Lines of an invoice that an update does not repeat with their IDs are removed by Xero.',
		},
		write: asText('LineItemID'),
	},
];

/** Xero's own names of a line, by their lower-case form, for lines that come as data. */
const XERO_NAMES: ReadonlyMap<string, string> = new Map(
	[
		'LineItemID',
		'Description',
		'Quantity',
		'UnitAmount',
		'ItemCode',
		'AccountCode',
		'AccountID',
		'TaxType',
		'TaxAmount',
		'LineAmount',
		'Tracking',
		'DiscountRate',
		'DiscountAmount',
		'Taxability',
		'SalesTaxCodeId',
		'TaxBreakdown',
	].map((name) => [name.toLowerCase(), name]),
);

const AMOUNTS: ReadonlySet<string> = new Set([
	'Quantity',
	'UnitAmount',
	'TaxAmount',
	'LineAmount',
	'DiscountRate',
	'DiscountAmount',
]);

/**
 * One line that came as data: Xero's names in any case (`unitAmount`, `UnitAmount`), amounts as
 * numbers or text, tracking as Xero's objects or as `Region: North`. Other members pass as they are.
 */
export function readLineItem(line: unknown, label: string): Outcome<Members> {
	if (typeof line !== 'object' || line === null || Array.isArray(line)) {
		return refuseInput(`${label} is not an object`, 'Write each line as {"Description": "…", …}.');
	}
	const record: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(line)) {
		const name = XERO_NAMES.get(key.toLowerCase()) ?? key;
		if (isBlank(value)) continue;
		const members = AMOUNTS.has(name)
			? asDecimal(name)(value, `${label}: ${name}`)
			: name === 'Tracking'
				? readTracking(value, `${label}: Tracking`)
				: success({ [name]: value });
		if (!members.ok) return members;
		Object.assign(record, members.value);
	}
	return success(record);
}

function readTracking(value: unknown, label: string): Outcome<Members> {
	const entries = Array.isArray(value) ? value : [value];
	if (entries.length > MAX_TRACKING) {
		return refuseInput(`${label} has ${entries.length} entries; Xero allows ${MAX_TRACKING}`);
	}
	const read = collect<unknown>(
		entries.map((entry) =>
			typeof entry === 'string' ? parseTracking(entry, label) : success(entry),
		),
	);
	return read.ok ? success({ Tracking: read.value }) : read;
}
