import { bankAccountField } from '../../fields/bankAccountField';
import {
	currencyField,
	currencyRateField,
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	textDocumentField,
	urlField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asFlag, asText } from '../../fields/writers';

export const bankTransactionTypeField: Field = {
	property: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Receive Money', value: 'RECEIVE' },
			{
				name: 'Receive Overpayment',
				value: 'RECEIVE-OVERPAYMENT',
				description: 'More than a customer owed; can be allocated to invoices later',
			},
			{
				name: 'Receive Prepayment',
				value: 'RECEIVE-PREPAYMENT',
				description: 'Before the invoice; can be allocated to it later',
			},
			{ name: 'Spend Money', value: 'SPEND' },
			{
				name: 'Spend Overpayment',
				value: 'SPEND-OVERPAYMENT',
				description: 'More than was owed to a supplier; can be allocated to bills later',
			},
			{
				name: 'Spend Prepayment',
				value: 'SPEND-PREPAYMENT',
				description: 'Before the bill; can be allocated to it later',
			},
		],
		default: 'SPEND',
		description: 'Which way the money went, and what for',
	},
	write: asText('Type'),
};

export const bankAccountNames = {
	displayName: 'Bank Account',
	name: 'bankAccount',
	description: 'The account that the money left or reached',
};

export const transactionBankAccountField: Field = bankAccountField(bankAccountNames, 'BankAccount');

/** Everything else of a bank transaction that can be written, its lines aside. */
export const bankTransactionFields: readonly Field[] = [
	lineAmountTypesField(),
	currencyField,
	currencyRateField,
	dayField(
		'Date',
		'date',
		'Date',
		'Day on which the money moved, as written; today in Xero if left empty',
	),
	{
		property: {
			displayName: 'Is Reconciled',
			name: 'isReconciled',
			type: 'boolean',
			default: false,
			description:
				'Whether the transaction is already matched with a bank statement, for conversions from another system. It cannot be changed afterwards.',
		},
		write: asFlag('IsReconciled'),
	},
	otherFieldsField,
	textDocumentField(
		'Reference',
		'reference',
		'Reference',
		'Additional reference. Only money spent or received directly has one.',
	),
	urlField,
];
