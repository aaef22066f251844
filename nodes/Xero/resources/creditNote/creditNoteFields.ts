import {
	brandingThemeField,
	contactField,
	currencyField,
	currencyRateField,
	dateField,
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	statusField,
	textDocumentField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asText } from '../../fields/writers';

export const creditNoteTypeField: Field = {
	property: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{
				name: 'Purchase Credit Note',
				value: 'ACCPAYCREDIT',
				description: 'Accounts payable: what a supplier credits you',
			},
			{
				name: 'Sales Credit Note',
				value: 'ACCRECCREDIT',
				description: 'Accounts receivable: what you credit a customer',
			},
		],
		default: 'ACCRECCREDIT',
		description: 'Whether you or a supplier gives the credit',
	},
	write: asText('Type'),
};

export const creditNoteContactField: Field = contactField(
	'The customer of a sales credit note, or the supplier of a purchase credit note',
);

/** Everything else of a credit note that can be written, its lines aside. */
export const creditNoteFields: readonly Field[] = [
	lineAmountTypesField(),
	brandingThemeField,
	textDocumentField(
		'Credit Note Number',
		'creditNoteNumber',
		'CreditNoteNumber',
		'Unique among sales credit notes, and given by Xero if left empty. On a purchase credit note it is the number of the supplier.',
	),
	currencyField,
	currencyRateField,
	dateField,
	dayField('Due Date', 'dueDate', 'DueDate', 'The day is used as written'),
	otherFieldsField,
	textDocumentField(
		'Reference',
		'reference',
		'Reference',
		'Additional reference. Sales credit notes only.',
	),
	statusField(
		[
			{
				name: 'Authorised',
				value: 'AUTHORISED',
				description: 'Approved. Needs an account on every line; can then be allocated.',
			},
			{ name: 'Draft', value: 'DRAFT' },
			{ name: 'Submitted', value: 'SUBMITTED', description: 'Waiting for approval' },
		],
		'DRAFT',
	),
];
