import { contactLocator } from '../../fields/contactLocator';
import { asEqual, asPicked, asSwitch } from '../../filters/filterEffects';
import {
	amountRangeFilters,
	commonFilters,
	dayRangeFilters,
	listFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { invoiceKind } from '../../kinds/invoiceKind';
import { listOperation } from '../../operations/listOperation';
import { invoiceTypeField } from './invoiceFields';

const { ids, includeArchived, searchTerm, summaryOnly, updatedSince } = commonFilters;

export const { description, request, execute } = listOperation(invoiceKind, {
	filters: [
		{
			property: contactLocator.field('Only documents of this contact'),
			apply: asPicked((id) => ({ query: { ContactIDs: id } }), 'Contact'),
		},
		{
			property: {
				displayName: 'Created by My App',
				name: 'createdByMyApp',
				type: 'boolean',
				default: false,
				description: 'Whether to return only what was created through the same Xero app',
			},
			apply: asSwitch('createdByMyApp'),
		},
		...dayRangeFilters('Date', 'date', 'Date'),
		...dayRangeFilters('Due Date', 'dueDate', 'DueDate'),
		{ property: invoiceTypeField.property, apply: asEqual('Type') },
		...amountRangeFilters('Amount Due', 'amountDue', 'AmountDue'),
		...amountRangeFilters('Total', 'total', 'Total'),
		listFilter(
			{
				displayName: 'Invoice Numbers',
				name: 'invoiceNumbers',
				type: 'string',
				default: '',
				placeholder: 'e.g. INV-0041, INV-0042',
				description: 'A comma-separated text, or an array from an expression',
			},
			'InvoiceNumbers',
		),
		textFilter('Reference', 'reference', 'Reference'),
		{
			...searchTerm,
			property: { ...searchTerm.property, description: 'Part of the invoice number or reference' },
		},
		listFilter(
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: [
					{ name: 'Authorised', value: 'AUTHORISED' },
					{ name: 'Deleted', value: 'DELETED' },
					{ name: 'Draft', value: 'DRAFT' },
					{ name: 'Paid', value: 'PAID' },
					{ name: 'Submitted', value: 'SUBMITTED' },
					{ name: 'Voided', value: 'VOIDED' },
				],
				default: [],
				description: 'Only invoices with one of these statuses',
			},
			'Statuses',
		),
		ids,
		includeArchived,
		summaryOnly,
		updatedSince,
		whereFilter('AmountDue>1000 AND Reference!=null'),
	],
	sortFields: [
		{ name: 'Date', value: 'Date' },
		{ name: 'Invoice ID', value: 'InvoiceID' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
