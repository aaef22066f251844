import type { INodePropertyOptions } from 'n8n-workflow';

import { currencyPicker, taxRatePicker } from '../../fields/codePickers';
import { otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asFlag, asText, required } from '../../fields/writers';

export const accountTypes: INodePropertyOptions[] = [
	{ name: 'Bank', value: 'BANK' },
	{ name: 'Current Asset', value: 'CURRENT' },
	{ name: 'Current Liability', value: 'CURRLIAB' },
	{ name: 'Depreciation', value: 'DEPRECIATN' },
	{ name: 'Direct Costs', value: 'DIRECTCOSTS' },
	{ name: 'Equity', value: 'EQUITY' },
	{ name: 'Expense', value: 'EXPENSE' },
	{ name: 'Fixed Asset', value: 'FIXED' },
	{ name: 'Inventory', value: 'INVENTORY' },
	{ name: 'Liability', value: 'LIABILITY' },
	{ name: 'Non-Current Asset', value: 'NONCURRENT' },
	{ name: 'Other Income', value: 'OTHERINCOME' },
	{ name: 'Overheads', value: 'OVERHEADS' },
	{ name: 'PAYG Liability', value: 'PAYG', description: 'Pay as you go; Australia only' },
	{ name: 'Prepayment', value: 'PREPAYMENT' },
	{ name: 'Revenue', value: 'REVENUE' },
	{ name: 'Sales', value: 'SALES' },
	{ name: 'Term Liability', value: 'TERMLIAB' },
];

export const accountTypeField: Field = {
	property: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: accountTypes,
		default: 'EXPENSE',
		description: 'Decides in which part of the reports the account stands',
	},
	write: asText('Type'),
};

export const accountNameField: Field = {
	property: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Printing & Stationery',
		description: 'Unique, up to 150 characters',
	},
	write: required(asText('Name'), 'Every account of Xero needs a name.'),
};

export const accountCodeField: Field = textDocumentField(
	'Code',
	'code',
	'Code',
	'Unique, up to 10 characters. Only a bank account can go without.',
);

function flagField(displayName: string, name: string, xero: string, description: string): Field {
	return {
		property: { displayName, name, type: 'boolean', default: false, description },
		write: asFlag(xero),
	};
}

/** What a bank account has, and no other. Xero lets none of it be changed later. */
export const bankFields: readonly Field[] = [
	textDocumentField(
		'Bank Account Number',
		'bankAccountNumber',
		'BankAccountNumber',
		'Required for an account of type Bank',
	),
	{
		property: {
			displayName: 'Bank Account Type',
			name: 'bankAccountType',
			type: 'options',
			options: [
				{ name: 'Bank', value: 'BANK' },
				{ name: 'Credit Card', value: 'CREDITCARD' },
				{ name: 'PayPal', value: 'PAYPAL' },
			],
			default: 'BANK',
			description: 'Of accounts of type Bank only',
		},
		write: asText('BankAccountType'),
	},
	{
		property: currencyPicker({
			displayName: 'Currency',
			name: 'currencyCode',
			description: 'Of a bank account; the base currency of the organisation if left empty',
		}),
		write: asText('CurrencyCode'),
	},
];

/** Everything else of an account that can be written. */
export const accountFields: readonly Field[] = [
	flagField(
		'Add to Watchlist',
		'addToWatchlist',
		'AddToWatchlist',
		"Whether the account is shown on the organisation's dashboard",
	),
	textDocumentField('Description', 'description', 'Description', 'Up to 4,000 characters'),
	flagField(
		'Enable Payments',
		'enablePaymentsToAccount',
		'EnablePaymentsToAccount',
		'Whether payments can be made from and to the account',
	),
	otherFieldsField,
	textDocumentField(
		'Reporting Code',
		'reportingCode',
		'ReportingCode',
		'Where reports of the organisation put the account, such as REV.TRA.SER',
	),
	flagField(
		'Show in Expense Claims',
		'showInExpenseClaims',
		'ShowInExpenseClaims',
		'Whether the account can be chosen in expense claims',
	),
	{
		property: taxRatePicker({
			displayName: 'Tax Rate',
			name: 'taxType',
			description: 'Tax rate that lines on the account start with',
		}),
		write: asText('TaxType'),
	},
];
