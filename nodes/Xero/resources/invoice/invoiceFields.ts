import {
	brandingThemeField,
	contactField,
	currencyField,
	currencyRateField,
	dateField,
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	sentToContactField,
	statusField,
	textDocumentField,
	urlField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asText } from '../../fields/writers';
import { roundingFields } from './roundingFields';

export const invoiceTypeField: Field = {
	property: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Bill', value: 'ACCPAY', description: 'Accounts payable: what you owe' },
			{
				name: 'Sales Invoice',
				value: 'ACCREC',
				description: 'Accounts receivable: what a customer owes you',
			},
		],
		default: 'ACCREC',
		description: 'Whether it is yours to be paid, or yours to pay',
	},
	write: asText('Type'),
};

export const invoiceContactField: Field = contactField(
	'The customer of a sales invoice, or the supplier of a bill',
);

const invoiceNumberField: Field = {
	property: {
		displayName: 'Invoice Number',
		name: 'invoiceNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. INV-0042',
		description:
			'Unique among sales invoices, and given by Xero if left empty. On a bill it is the number of the supplier and need not be unique.',
	},
	write: asText('InvoiceNumber'),
};

const invoiceStatusField: Field = statusField(
	[
		{
			name: 'Authorised',
			value: 'AUTHORISED',
			description: 'Approved. Needs a due date, and an account on every line.',
		},
		{ name: 'Deleted', value: 'DELETED', description: 'Only from draft or submitted' },
		{ name: 'Draft', value: 'DRAFT' },
		{ name: 'Submitted', value: 'SUBMITTED', description: 'Waiting for approval' },
		{
			name: 'Voided',
			value: 'VOIDED',
			description: 'Only from authorised, without payments or credits',
		},
	],
	'DRAFT',
);

/** Everything else of an invoice or bill that can be written, its lines aside. */
export const invoiceFields: readonly Field[] = [
	lineAmountTypesField(),
	brandingThemeField,
	currencyField,
	currencyRateField,
	dateField,
	dayField('Due Date', 'dueDate', 'DueDate', 'Day by which to pay. The day is used as written.'),
	roundingFields.enteredTotal,
	dayField(
		'Expected Payment Date',
		'expectedPaymentDate',
		'ExpectedPaymentDate',
		'When you expect to be paid. Sales invoices only.',
	),
	invoiceNumberField,
	otherFieldsField,
	dayField(
		'Planned Payment Date',
		'plannedPaymentDate',
		'PlannedPaymentDate',
		'When you plan to pay. Bills only.',
	),
	textDocumentField(
		'Reference',
		'reference',
		'Reference',
		'Additional reference. Sales invoices only.',
	),
	roundingFields.roundingAmount,
	sentToContactField,
	invoiceStatusField,
	roundingFields.subTotal,
	roundingFields.total,
	roundingFields.totalTax,
	urlField,
];
