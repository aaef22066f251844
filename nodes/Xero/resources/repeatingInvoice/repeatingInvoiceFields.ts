import {
	brandingThemeField,
	contactField,
	currencyField,
	lineAmountTypesField,
	otherFieldsField,
	statusField,
	textDocumentField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asFlag } from '../../fields/writers';
import { endDateField } from './scheduleFields';

export const repeatingInvoiceContactField: Field = contactField('The customer of the invoices');

/** Everything else of a repeating invoice that can be written, schedule and lines aside. */
export const repeatingInvoiceFields: readonly Field[] = [
	lineAmountTypesField(),
	flagField(
		'Approved for Sending',
		'approvedForSending',
		'ApprovedForSending',
		'Whether Xero sends each invoice to the contact. Needs the status Authorised.',
	),
	brandingThemeField,
	currencyField,
	flagField('Include PDF', 'includePdf', 'IncludePDF', 'Whether the email has the PDF with it'),
	endDateField,
	flagField('Mark as Sent', 'markAsSent', 'MarkAsSent', 'Whether each invoice counts as sent'),
	otherFieldsField,
	textDocumentField(
		'Reference',
		'reference',
		'Reference',
		'Xero fills in [Week], [Month], [Year] and the like',
	),
	flagField('Send Copy', 'sendCopy', 'SendCopy', 'Whether the sender gets a copy of the email'),
	statusField(
		[
			{
				name: 'Authorised',
				value: 'AUTHORISED',
				description: 'Its invoices are approved as they are made',
			},
			{ name: 'Draft', value: 'DRAFT', description: 'Its invoices are drafts' },
		],
		'DRAFT',
	),
];

function flagField(displayName: string, name: string, xero: string, description: string): Field {
	return {
		property: { displayName, name, type: 'boolean', default: false, description },
		write: asFlag(xero),
	};
}
