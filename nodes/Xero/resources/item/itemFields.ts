import { accountPicker, taxRatePicker } from '../../fields/codePickers';
import { otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asDecimal, asFlag, asGroup, asText, required } from '../../fields/writers';

export const itemCodeField: Field = {
	property: {
		displayName: 'Code',
		name: 'code',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. GB1-White',
		description: 'Up to 30 characters, unique in the organisation',
	},
	write: required(asText('Code'), 'Every item of Xero needs a code.'),
};

/** A code to change to. */
export const otherItemCodeField: Field = {
	property: { ...itemCodeField.property, required: false },
	write: asText('Code'),
};

const unitPriceField: Field = {
	property: {
		displayName: 'Unit Price',
		name: 'unitPrice',
		type: 'string',
		default: '',
		placeholder: 'e.g. 19.95',
		description: 'Up to four decimals',
	},
	write: asDecimal('UnitPrice'),
};

const accountField: Field = {
	property: accountPicker({
		displayName: 'Account',
		name: 'accountCode',
		description: 'Account that lines with this item start with',
	}),
	write: asText('AccountCode'),
};

const taxRateField: Field = {
	property: taxRatePicker({
		displayName: 'Tax Rate',
		name: 'taxType',
		description: 'Tax rate that lines with this item start with',
	}),
	write: asText('TaxType'),
};

const costOfGoodsSoldField: Field = {
	property: accountPicker({
		displayName: 'Cost of Goods Sold Account',
		name: 'cogsAccountCode',
		description: 'In place of the account, for an item whose stock Xero counts',
	}),
	write: asText('COGSAccountCode'),
};

const salesFields = [unitPriceField, accountField, taxRateField];
const purchaseFields = [unitPriceField, accountField, costOfGoodsSoldField, taxRateField];

/** Everything else of an item that can be written. */
export const itemFields: readonly Field[] = [
	textDocumentField(
		'Description',
		'description',
		'Description',
		'Description on sales, up to 4,000 characters',
	),
	{
		property: accountPicker({
			displayName: 'Inventory Asset Account',
			name: 'inventoryAssetAccountCode',
			description:
				'Makes it an item whose stock Xero counts; it then needs a cost of goods sold account too',
		}),
		write: asText('InventoryAssetAccountCode'),
	},
	{
		property: {
			displayName: 'Is Purchased',
			name: 'isPurchased',
			type: 'boolean',
			default: true,
			description: 'Whether the item can stand on bills and purchase orders',
		},
		write: asFlag('IsPurchased'),
	},
	{
		property: {
			displayName: 'Is Sold',
			name: 'isSold',
			type: 'boolean',
			default: true,
			description: 'Whether the item can stand on sales invoices and quotes',
		},
		write: asFlag('IsSold'),
	},
	textDocumentField('Name', 'name', 'Name', 'Up to 50 characters'),
	otherFieldsField,
	{
		property: {
			displayName: 'Purchase Details',
			name: 'purchaseDetails',
			type: 'fixedCollection',
			default: {},
			description: 'What bill lines with the item start with',
			placeholder: 'Add Purchase Details',
			options: [
				{
					displayName: 'Details',
					name: 'details',
					values: purchaseFields.map(({ property }) => property),
				},
			],
		},
		write: asGroup('PurchaseDetails', 'details', purchaseFields),
	},
	textDocumentField(
		'Purchase Description',
		'purchaseDescription',
		'PurchaseDescription',
		'Description on bills and purchase orders, up to 4,000 characters',
	),
	{
		property: {
			displayName: 'Sales Details',
			name: 'salesDetails',
			type: 'fixedCollection',
			default: {},
			description: 'What invoice lines with the item start with',
			placeholder: 'Add Sales Details',
			options: [
				{
					displayName: 'Details',
					name: 'details',
					values: salesFields.map(({ property }) => property),
				},
			],
		},
		write: asGroup('SalesDetails', 'details', salesFields),
	},
];
