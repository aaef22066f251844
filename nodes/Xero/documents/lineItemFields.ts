import { accountPicker, itemPicker, taxRatePicker, trackingPicker } from '../fields/codePickers';
import { asTracking } from '../fields/tracking';
import { amountColumn, textColumn, type LineField } from './LineField';
import { LINE_ID } from './LineItemsKind';

/** Columns of sales invoices and quotes; purchase orders have the percentage. */
export const discountFields: readonly LineField[] = [
	amountColumn('DiscountRate', {
		displayName: 'Discount %',
		name: 'discountRate',
		default: '',
		description:
			'Percentage off this line; 0 takes away the one that it has. Sales invoices, quotes and purchase orders only.',
	}),
	amountColumn('DiscountAmount', {
		displayName: 'Discount Amount',
		name: 'discountAmount',
		default: '',
		description:
			'Amount off this line; 0 takes away the one that it has. Sales invoices and quotes only.',
	}),
];

/** A line's options of the two tracking categories that an organisation can have. */
export const lineTrackingFields: readonly LineField[] = [
	{
		member: 'Tracking',
		property: trackingPicker({
			displayName: 'Tracking 1',
			name: 'tracking1',
			description: 'Category and option, such as Region: North',
		}),
		write: asTracking,
	},
	{
		member: 'Tracking',
		property: trackingPicker({
			displayName: 'Tracking 2',
			name: 'tracking2',
			description: 'Category and option of the second tracking category',
		}),
		write: asTracking,
	},
];

/** The columns of one line. */
export const lineItemFields: readonly LineField[] = [
	textColumn(
		'Description',
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'What the line is for',
			placeholder: 'e.g. Consulting, March',
		},
		'Consulting',
	),
	amountColumn(
		'Quantity',
		{
			displayName: 'Quantity',
			name: 'quantity',
			default: '1',
			description: 'Up to four decimals; parts of one, such as 0.25, are allowed',
		},
		'1',
	),
	amountColumn(
		'UnitAmount',
		{
			displayName: 'Unit Amount',
			name: 'unitAmount',
			default: '',
			placeholder: 'e.g. 120.5',
			description: 'Price of one, up to four decimals',
		},
		'120.50',
	),
	textColumn(
		'AccountCode',
		accountPicker({
			displayName: 'Account',
			name: 'accountCode',
			description: 'Code of the account. A draft can go without.',
		}),
		'200',
	),
	textColumn(
		'TaxType',
		taxRatePicker({
			displayName: 'Tax Rate',
			name: 'taxType',
			description: 'Leave empty to use the default of the account or item',
		}),
	),
	textColumn(
		'ItemCode',
		itemPicker({
			displayName: 'Item',
			name: 'itemCode',
			description:
				'Product or service whose description, price and account fill what is left empty',
		}),
	),
	...discountFields,
	amountColumn('LineAmount', {
		displayName: 'Line Amount',
		name: 'lineAmount',
		default: '',
		description: 'Leave empty to let Xero multiply quantity and unit amount',
	}),
	amountColumn('TaxAmount', {
		displayName: 'Tax Amount',
		name: 'taxAmount',
		default: '',
		description: 'Leave empty to let Xero calculate the tax',
	}),
	...lineTrackingFields,
	textColumn(LINE_ID, {
		displayName: 'Line Item ID',
		name: 'lineItemId',
		type: 'string',
		default: '',
		description: 'Names the existing line that this one changes. Empty for a new line.',
	}),
];
