import { contactLocator } from '../contact/contactLocator';
import { commonFilters, listFields } from '../fields/listFields';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readFlag } from '../shared/readFlag';
import {
	asEqual,
	asFrom,
	asIds,
	asList,
	asPicked,
	asQuery,
	asSwitch,
	asUntil,
	asUpdatedSince,
	readListQuery,
	type Filters,
} from '../shared/readListQuery';
import { readMany } from '../shared/readMany';
import { listRead } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { invoiceCollection } from './invoiceCollection';
import { invoiceTypeField } from './invoiceFields';
import { simplifyInvoice } from './simplifyInvoice';

const filters: Filters = {
	contact: asPicked('ContactIDs', 'Contact'),
	createdByMyApp: asSwitch('createdByMyApp'),
	dateFrom: asFrom('Date', 'Date From'),
	dateTo: asUntil('Date', 'Date To'),
	dueDateFrom: asFrom('DueDate', 'Due Date From'),
	dueDateTo: asUntil('DueDate', 'Due Date To'),
	ids: asIds,
	includeArchived: asSwitch('includeArchived'),
	invoiceNumbers: asList('InvoiceNumbers'),
	reference: asEqual('Reference'),
	searchTerm: asQuery('searchTerm'),
	statuses: asList('Statuses'),
	summaryOnly: asSwitch('summaryOnly'),
	type: asEqual('Type'),
	updatedSince: asUpdatedSince,
};

export const description = showFor(
	'invoice',
	['getAll'],
	listFields({
		filters: [
			contactLocator({ description: 'Only documents of this contact' }),
			{
				displayName: 'Created by My App',
				name: 'createdByMyApp',
				type: 'boolean',
				default: false,
				description: 'Whether to return only what was created through the same Xero app',
			},
			{ displayName: 'Date From', name: 'dateFrom', type: 'dateTime', default: '' },
			{ displayName: 'Date To', name: 'dateTo', type: 'dateTime', default: '' },
			{ displayName: 'Due Date From', name: 'dueDateFrom', type: 'dateTime', default: '' },
			{ displayName: 'Due Date To', name: 'dueDateTo', type: 'dateTime', default: '' },
			commonFilters.ids,
			commonFilters.includeArchived,
			{
				displayName: 'Invoice Numbers',
				name: 'invoiceNumbers',
				type: 'string',
				default: '',
				placeholder: 'e.g. INV-0041, INV-0042',
				description: 'A comma-separated text, or an array from an expression',
			},
			{
				displayName: 'Reference',
				name: 'reference',
				type: 'string',
				default: '',
				description: 'The whole reference, as Xero has it',
			},
			{
				displayName: 'Search Term',
				name: 'searchTerm',
				type: 'string',
				default: '',
				description: 'Part of the invoice number or reference',
			},
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
			},
			commonFilters.summaryOnly,
			invoiceTypeField.property,
			commonFilters.updatedSince,
			commonFilters.where,
		],
		sortFields: [
			{ name: 'Date', value: 'Date' },
			{ name: 'Invoice ID', value: 'InvoiceID' },
			{ name: 'Updated', value: 'UpdatedDateUTC' },
		],
	}),
);

export const request = listRead(invoiceCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await readMany(run, {
		collection: invoiceCollection,
		queryOf: (item) => readListQuery(run, item, filters, invoiceCollection.idField),
		present: (record, item) =>
			run.parameter('simplify', item, true) === true
				? present(record, { raw: false, simplify: simplifyInvoice })
				: present(record, { raw: readFlag(run, 'options', 'raw', item) }),
	});
