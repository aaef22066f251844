import type { INodeProperties } from 'n8n-workflow';

import { accountPicker, currencyPicker, taxRatePicker } from '../../fields/codePickers';
import type { Field } from '../../fields/Field';
import {
	asFlag,
	asGroup,
	asOwnMembers,
	asRows,
	asText,
	asWholeNumber,
	required,
} from '../../fields/writers';
import { unlessOnly } from './unlessOnly';

function textField(displayName: string, name: string, xero: string, description?: string): Field {
	return {
		property: { displayName, name, type: 'string', default: '', description },
		write: asText(xero),
	};
}

const addressFields: readonly Field[] = [
	{
		property: {
			displayName: 'Type',
			name: 'addressType',
			type: 'options',
			options: [
				{ name: 'Delivery (Street)', value: 'STREET' },
				{ name: 'Postal (PO Box)', value: 'POBOX' },
			],
			default: 'POBOX',
			description: 'Xero keeps one of each; the postal address is printed on invoices',
		},
		write: asText('AddressType'),
	},
	textField('Address Line 1', 'addressLine1', 'AddressLine1', 'Street and number, or post box'),
	textField('Address Line 2', 'addressLine2', 'AddressLine2'),
	textField('Address Line 3', 'addressLine3', 'AddressLine3'),
	textField('Address Line 4', 'addressLine4', 'AddressLine4'),
	textField('City', 'city', 'City'),
	textField('Region', 'region', 'Region', 'State, county or province'),
	textField('Postal Code', 'postalCode', 'PostalCode'),
	textField('Country', 'country', 'Country'),
	textField('Attention To', 'attentionTo', 'AttentionTo', 'Person or department at the address'),
];

const phoneFields: readonly Field[] = [
	{
		property: {
			displayName: 'Type',
			name: 'phoneType',
			type: 'options',
			options: [
				{ name: 'Default', value: 'DEFAULT' },
				{ name: 'Direct Dial', value: 'DDI' },
				{ name: 'Fax', value: 'FAX' },
				{ name: 'Mobile', value: 'MOBILE' },
				{ name: 'Office', value: 'OFFICE' },
			],
			default: 'DEFAULT',
			description: 'Xero keeps one number of each type',
		},
		write: asText('PhoneType'),
	},
	textField('Number', 'phoneNumber', 'PhoneNumber', 'Without area and country code'),
	textField('Area Code', 'phoneAreaCode', 'PhoneAreaCode'),
	textField('Country Code', 'phoneCountryCode', 'PhoneCountryCode'),
];

const personFields: readonly Field[] = [
	textField('First Name', 'firstName', 'FirstName'),
	textField('Last Name', 'lastName', 'LastName'),
	{
		property: {
			displayName: 'Email',
			name: 'emailAddress',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
			default: '',
		},
		write: asText('EmailAddress'),
	},
	{
		property: {
			displayName: 'Include in Emails',
			name: 'includeInEmails',
			type: 'boolean',
			default: false,
			description: 'Whether invoices sent to the contact go to this person too',
		},
		write: asFlag('IncludeInEmails'),
	},
];

function termFields(): readonly Field[] {
	return [
		{
			property: {
				displayName: 'Day',
				name: 'day',
				type: 'string',
				default: '',
				placeholder: 'e.g. 20',
				description: 'Number of days, or day of the month, as the type says',
			},
			write: asWholeNumber('Day'),
		},
		{
			property: {
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Days After the Bill Date', value: 'DAYSAFTERBILLDATE' },
					{ name: 'Days After the Bill Month', value: 'DAYSAFTERBILLMONTH' },
					{ name: 'Of the Current Month', value: 'OFCURRENTMONTH' },
					{ name: 'Of the Following Month', value: 'OFFOLLOWINGMONTH' },
				],
				default: 'DAYSAFTERBILLDATE',
				description: 'What the day counts from',
			},
			write: asText('Type'),
		},
	];
}

const salesTerms = termFields();
const billTerms = termFields();

const batchPaymentFields: readonly Field[] = [
	textField(
		'Bank Account Number',
		'bankAccountNumber',
		'BankAccountNumber',
		'The account that the contact is paid on',
	),
	textField(
		'Bank Account Name',
		'bankAccountName',
		'BankAccountName',
		'What the account is called in batch payments',
	),
	textField(
		'Details',
		'details',
		'Details',
		'Goes to the bank with a batch payment, up to 18 characters. Not in New Zealand.',
	),
	textField('Code', 'code', 'Code', 'Goes to the bank with a batch payment. New Zealand only.'),
	textField(
		'Reference',
		'reference',
		'Reference',
		'Goes to the bank with a batch payment. New Zealand only.',
	),
];

const trackingDefaultFields: readonly Field[] = [
	textField('Category', 'category', 'TrackingCategoryName', 'Name of the tracking category'),
	textField('Option', 'option', 'TrackingOptionName', 'Name of the option'),
];

function lineAmountTypeField(displayName: string, name: string, xero: string): Field {
	return {
		property: {
			displayName,
			name,
			type: 'options',
			options: [
				{ name: 'None', value: 'NONE' },
				{ name: 'Tax Exclusive', value: 'EXCLUSIVE' },
				{ name: 'Tax Inclusive', value: 'INCLUSIVE' },
			],
			default: 'EXCLUSIVE',
			description: 'Whether unit amounts of new documents for the contact include tax',
		},
		write: asText(xero),
	};
}

const nameProperty: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Ridgeway University',
	description: 'Full name of the person or organisation; unique among active contacts',
};

export const contactNameField: Field = {
	property: nameProperty,
	write: required(asText('Name'), 'Every contact of Xero needs a name.'),
};

/** A name to change to. */
export const optionalNameField: Field = { property: nameProperty, write: asText('Name') };

/** Everything else of a contact that can be written. */
export const contactFields: readonly Field[] = [
	textField(
		'Account Number',
		'accountNumber',
		'AccountNumber',
		'The number by which you know the contact; shown and searchable in Xero',
	),
	{
		property: {
			displayName: 'Addresses',
			name: 'addresses',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Address',
			description:
				'An address given here replaces all lines of the one of its type; the other type stays as it is',
			options: [
				{
					displayName: 'Address',
					name: 'address',
					values: addressFields.map(({ property }) => property),
				},
			],
		},
		write: unlessOnly(['AddressType'], asRows('Addresses', 'address', addressFields)),
	},
	textField(
		'Bank Account Details',
		'bankAccountDetails',
		'BankAccountDetails',
		'Account number for payments to the contact. Needs the Bank Account Admin permission in Xero.',
	),
	{
		property: {
			displayName: 'Batch Payment Details',
			name: 'batchPayments',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Batch Payment Details',
			description: 'How batch payments to the contact are addressed',
			options: [
				{
					displayName: 'Details',
					name: 'details',
					values: batchPaymentFields.map(({ property }) => property),
				},
			],
		},
		write: asGroup('BatchPayments', 'details', batchPaymentFields),
	},
	textField(
		'Company Number',
		'companyNumber',
		'CompanyNumber',
		'Registration number, up to 50 characters',
	),
	textField(
		'Contact Number',
		'contactNumber',
		'ContactNumber',
		"The id of the contact in another system; unique, and not shown in Xero's pages",
	),
	{
		property: {
			displayName: 'Contact Persons',
			name: 'contactPersons',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Person',
			description:
				'Up to five further people. On an update they replace all that the contact has, so give every one that is to stay.',
			options: [
				{
					displayName: 'Person',
					name: 'person',
					values: personFields.map(({ property }) => property),
				},
			],
		},
		write: unlessOnly(['IncludeInEmails'], asRows('ContactPersons', 'person', personFields)),
	},
	{
		property: currencyPicker({
			displayName: 'Default Currency',
			name: 'defaultCurrency',
			description: 'Currency of new documents for the contact',
		}),
		write: asText('DefaultCurrency'),
	},
	{
		property: {
			displayName: 'Email',
			name: 'emailAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
		},
		write: asText('EmailAddress'),
	},
	textField('First Name', 'firstName', 'FirstName', 'Of the primary person'),
	textField('Last Name', 'lastName', 'LastName', 'Of the primary person'),
	{
		property: {
			displayName: 'Other Fields (JSON)',
			name: 'otherFields',
			type: 'json',
			default: '{}',
			description: "Members in Xero's own names, for fields that are not listed here",
		},
		write: asOwnMembers,
	},
	{
		property: {
			displayName: 'Payment Terms for Bills',
			name: 'billTerms',
			type: 'fixedCollection',
			default: {},
			description: 'When new bills of the contact are due',
			placeholder: 'Add Terms',
			options: [
				{ displayName: 'Terms', name: 'terms', values: billTerms.map(({ property }) => property) },
			],
		},
		write: unlessOnly(['Type'], asGroup('Bills', 'terms', billTerms)),
	},
	{
		property: {
			displayName: 'Payment Terms for Sales',
			name: 'salesTerms',
			type: 'fixedCollection',
			default: {},
			description: 'When new sales invoices to the contact are due',
			placeholder: 'Add Terms',
			options: [
				{ displayName: 'Terms', name: 'terms', values: salesTerms.map(({ property }) => property) },
			],
		},
		write: unlessOnly(['Type'], asGroup('Sales', 'terms', salesTerms)),
	},
	{
		property: {
			displayName: 'Phones',
			name: 'phones',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Phone',
			description: 'A phone given here replaces the one of its type; other types stay as they are',
			options: [
				{
					displayName: 'Phone',
					name: 'phone',
					values: phoneFields.map(({ property }) => property),
				},
			],
		},
		write: unlessOnly(['PhoneType'], asRows('Phones', 'phone', phoneFields)),
	},
	{
		property: accountPicker({
			displayName: 'Purchases Default Account',
			name: 'purchasesDefaultAccountCode',
			description: 'Account that new bill lines for the contact start with',
		}),
		write: asText('PurchasesDefaultAccountCode'),
	},
	lineAmountTypeField(
		'Purchases Default Amounts Are',
		'purchasesDefaultLineAmountType',
		'PurchasesDefaultLineAmountType',
	),
	{
		property: taxRatePicker({
			displayName: 'Purchases Default Tax Rate',
			name: 'accountsPayableTaxType',
			description: 'Tax rate that new bill lines for the contact start with',
		}),
		write: asText('AccountsPayableTaxType'),
	},
	{
		property: {
			displayName: 'Purchases Tracking',
			name: 'purchasesTracking',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Tracking',
			description: 'On an update, what is given replaces all that the contact has',
			options: [
				{
					displayName: 'Tracking',
					name: 'tracking',
					values: trackingDefaultFields.map(({ property }) => property),
				},
			],
		},
		write: asRows('PurchasesTrackingCategories', 'tracking', trackingDefaultFields),
	},
	{
		property: accountPicker({
			displayName: 'Sales Default Account',
			name: 'salesDefaultAccountCode',
			description: 'Account that new invoice lines for the contact start with',
		}),
		write: asText('SalesDefaultAccountCode'),
	},
	lineAmountTypeField(
		'Sales Default Amounts Are',
		'salesDefaultLineAmountType',
		'SalesDefaultLineAmountType',
	),
	{
		property: taxRatePicker({
			displayName: 'Sales Default Tax Rate',
			name: 'accountsReceivableTaxType',
			description: 'Tax rate that new invoice lines for the contact start with',
		}),
		write: asText('AccountsReceivableTaxType'),
	},
	{
		property: {
			displayName: 'Sales Tracking',
			name: 'salesTracking',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Tracking',
			description: 'On an update, what is given replaces all that the contact has',
			options: [
				{
					displayName: 'Tracking',
					name: 'tracking',
					values: trackingDefaultFields.map(({ property }) => property),
				},
			],
		},
		write: asRows('SalesTrackingCategories', 'tracking', trackingDefaultFields),
	},
	{
		property: {
			displayName: 'Status',
			name: 'contactStatus',
			type: 'options',
			options: [
				{ name: 'Active', value: 'ACTIVE' },
				{
					name: 'Archived',
					value: 'ARCHIVED',
					description: 'An archived contact cannot be changed through the API any more',
				},
			],
			default: 'ACTIVE',
			description: 'Whether the contact is in use',
		},
		write: asText('ContactStatus'),
	},
	textField('Tax Number', 'taxNumber', 'TaxNumber', 'VAT, GST, ABN or tax ID number'),
	{
		property: {
			displayName: 'Tax Number Type',
			name: 'taxNumberType',
			type: 'options',
			options: [
				{ name: 'ATIN', value: 'ATIN' },
				{ name: 'EIN', value: 'EIN' },
				{ name: 'ITIN', value: 'ITIN' },
				{ name: 'SSN', value: 'SSN' },
			],
			default: 'EIN',
			description: 'United States only',
		},
		write: asText('TaxNumberType'),
	},
	textField(
		'Xero Network Key',
		'xeroNetworkKey',
		'XeroNetworkKey',
		'Connects with the contact’s own Xero',
	),
];

/** Xero holds both payment terms in one member. */
export function joinPaymentTerms(
	record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
	const { Bills, Sales, ...others } = record;
	if (Bills === undefined && Sales === undefined) return record;
	return {
		...others,
		PaymentTerms: {
			...(Bills === undefined ? {} : { Bills }),
			...(Sales === undefined ? {} : { Sales }),
		},
	};
}
