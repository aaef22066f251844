import type { INodePropertyMode } from 'n8n-workflow';

import { contactLocator } from '../contact/contactLocator';
import { refuseInput, success } from '../../errors/failure';
import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import type { Field, Writer } from '../fields/Field';
import { brandingThemePicker, currencyPicker } from '../fields/pickers';
import { asDate, asDecimal, asFlag, asId, asOwnMembers, asText } from '../fields/writers';

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
	},
	write: asText('Type'),
};

/**
 * Only the id goes to Xero: any other member of a document's contact would change the contact.
 * A name alone finds the contact of that name, or makes one.
 */
export const asContact: Writer = (value, label) => {
	const picked = locatorValue(value);
	if (picked.value === '') return success({});
	if (picked.mode === 'name') return success({ Contact: { Name: picked.value } });
	const id = parseXeroId(picked.value, label);
	return id.ok ? success({ Contact: { ContactID: id.value } }) : id;
};

const contactByName: { readonly modes: readonly INodePropertyMode[] } = {
	modes: [
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Ridgeway University',
			hint: 'Xero uses the active contact of this name, or creates one',
		},
	],
};

export const invoiceContactField: Field = {
	property: contactLocator({
		description: 'The customer of a sales invoice, or the supplier of a bill',
		required: true,
		moreModes: contactByName.modes,
	}),
	write: (value, label) =>
		locatorValue(value).value === ''
			? refuseInput('Contact is not set', 'Choose a contact, or give its ID, URL or name.')
			: asContact(value, label),
};

/** Everything else of an invoice or bill that can be written, its lines aside. */
export const invoiceFields: readonly Field[] = [
	{
		property: {
			displayName: 'Amounts Are',
			name: 'lineAmountTypes',
			type: 'options',
			options: [
				{ name: 'No Tax', value: 'NoTax' },
				{ name: 'Tax Exclusive', value: 'Exclusive' },
				{ name: 'Tax Inclusive', value: 'Inclusive' },
			],
			default: 'Exclusive',
			description: 'Whether unit amounts include tax',
		},
		write: asText('LineAmountTypes'),
	},
	{
		property: brandingThemePicker({
			displayName: 'Branding Theme',
			name: 'brandingThemeId',
			description: 'How the invoice looks when it is sent',
		}),
		write: asId('BrandingThemeID'),
	},
	{
		property: currencyPicker({
			displayName: 'Currency',
			name: 'currencyCode',
			description: 'One of the currencies the organisation uses; its base currency if left empty',
		}),
		write: asText('CurrencyCode'),
	},
	{
		property: {
			displayName: 'Currency Rate',
			name: 'currencyRate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.6132',
			description: "Rate to the base currency; Xero's rate of the day if left empty",
		},
		write: asDecimal('CurrencyRate'),
	},
	{
		property: {
			displayName: 'Date',
			name: 'date',
			type: 'dateTime',
			default: '',
			description:
				"Day of issue in the organisation's own time. The day is used as written; time and time zone are ignored.",
		},
		write: asDate('Date'),
	},
	{
		property: {
			displayName: 'Due Date',
			name: 'dueDate',
			type: 'dateTime',
			default: '',
			description: 'Day by which to pay. The day is used as written.',
		},
		write: asDate('DueDate'),
	},
	{
		property: {
			displayName: 'Expected Payment Date',
			name: 'expectedPaymentDate',
			type: 'dateTime',
			default: '',
			description: 'When you expect to be paid. Sales invoices only.',
		},
		write: asDate('ExpectedPaymentDate'),
	},
	{
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
	},
	{
		property: {
			displayName: 'Other Fields (JSON)',
			name: 'otherFields',
			type: 'json',
			default: '{}',
			description:
				"Members in Xero's own names, for fields that are not listed here, such as InvoiceAddresses",
		},
		write: asOwnMembers,
	},
	{
		property: {
			displayName: 'Planned Payment Date',
			name: 'plannedPaymentDate',
			type: 'dateTime',
			default: '',
			description: 'When you plan to pay. Bills only.',
		},
		write: asDate('PlannedPaymentDate'),
	},
	{
		property: {
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			description: 'Additional reference. Sales invoices only.',
		},
		write: asText('Reference'),
	},
	{
		property: {
			displayName: 'Sent to Contact',
			name: 'sentToContact',
			type: 'boolean',
			default: false,
			description: 'Whether to mark the invoice as sent. Xero does not send it.',
		},
		write: asFlag('SentToContact'),
	},
	{
		property: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{
					name: 'Authorised',
					value: 'AUTHORISED',
					description: 'Approved. Needs a due date, and an account on every line.',
				},
				{
					name: 'Deleted',
					value: 'DELETED',
					description: 'Only from draft or submitted',
				},
				{ name: 'Draft', value: 'DRAFT' },
				{ name: 'Submitted', value: 'SUBMITTED', description: 'Waiting for approval' },
				{
					name: 'Voided',
					value: 'VOIDED',
					description: 'Only from authorised, without payments or credits',
				},
			],
			default: 'DRAFT',
		},
		write: asText('Status'),
	},
	{
		property: {
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/orders/42',
			description: 'Link to the source document, shown in Xero as Go to your app',
		},
		write: asText('Url'),
	},
];

/** A contact to change to. */
export const otherContactField: Field = {
	property: contactLocator({
		description: 'The contact to change to',
		moreModes: contactByName.modes,
	}),
	write: asContact,
};
