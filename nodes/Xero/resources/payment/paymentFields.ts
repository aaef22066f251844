import type { INodeProperties } from 'n8n-workflow';

import { refuseInput, success } from '../../errors/failure';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';
import type { Field, Writer } from '../../fields/Field';
import { dayField, otherFieldsField, textDocumentField } from '../../fields/documentFields';
import { asDecimal, asFlag, required } from '../../fields/writers';

/** An account by its id, or else by its code: bank accounts need not have one. */
const asAccount: Writer = (value, label) => {
	const { value: picked } = locatorValue(value);
	if (picked === '') {
		return refuseInput(`${label} is not set`, 'Choose an account, or give its code or ID.');
	}
	const id = parseXeroId(picked, label);
	return success({ Account: id.ok ? { AccountID: id.value } : { Code: picked } });
};

export const paymentAccountField: Field = {
	property: {
		displayName: 'Account',
		name: 'account',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'Where the money comes from or goes to: a bank account, or one that payments are enabled for',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an account...',
				typeOptions: { searchListMethod: 'searchPaymentAccounts', searchable: true },
			},
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. 090' },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5690f1e8-1d02-4893-90c2-ee1a69eff942',
			},
		],
	},
	write: asAccount,
};

export const paymentDateField: Field = dayField(
	'Date',
	'date',
	'Date',
	'Day of the payment, as written; today in the time zone of the workflow if left empty',
);

/** An amount that a payment cannot go without. */
export const paymentAmountField: Field = {
	property: {
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 99.95',
		description: 'In the currency of the document; no more than what is outstanding',
	},
	write: required(asDecimal('Amount'), 'Give the amount, such as 99.95.'),
};

/** Everything else of a payment that can be written. */
export const paymentFields: readonly Field[] = [
	textDocumentField(
		'Bank Account Number',
		'bankAccountNumber',
		'BankAccountNumber',
		'The account of the supplier, for payments of bills',
	),
	{
		property: amount('Bank Amount', 'bankAmount', 'In the currency of the account, if another'),
		write: asDecimal('BankAmount'),
	},
	{
		property: amount('Currency Rate', 'currencyRate', "Rate to the base currency; Xero's if empty"),
		write: asDecimal('CurrencyRate'),
	},
	textDocumentField('Details', 'details', 'Details', 'For the bank statement of the supplier'),
	{
		property: {
			displayName: 'Is Reconciled',
			name: 'isReconciled',
			type: 'boolean',
			default: false,
			description:
				'Whether to mark the payment as reconciled. For conversions; Xero matches nothing.',
		},
		write: asFlag('IsReconciled'),
	},
	otherFieldsField,
	textDocumentField(
		'Particulars',
		'particulars',
		'Particulars',
		'For the bank statement of the supplier. New Zealand only.',
	),
	textDocumentField('Reference', 'reference', 'Reference', 'Additional reference'),
];

function amount(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', description };
}
