import { commonFilters, listFields } from '../fields/listFields';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readFlag } from '../shared/readFlag';
import {
	asEqual,
	asIds,
	asQuery,
	asSwitch,
	asUpdatedSince,
	readListQuery,
	type Filters,
} from '../shared/readListQuery';
import { readMany } from '../shared/readMany';
import { listRead } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { contactCollection } from './contactCollection';
import { simplifyContact } from './simplifyContact';

const filters: Filters = {
	accountNumber: asEqual('AccountNumber'),
	contactNumber: asEqual('ContactNumber'),
	emailAddress: asEqual('EmailAddress'),
	ids: asIds,
	includeArchived: asSwitch('includeArchived'),
	name: asEqual('Name'),
	searchTerm: asQuery('searchTerm'),
	summaryOnly: asSwitch('summaryOnly'),
	updatedSince: asUpdatedSince,
};

export const description = showFor(
	'contact',
	['getAll'],
	listFields({
		filters: [
			{ displayName: 'Account Number', name: 'accountNumber', type: 'string', default: '' },
			{ displayName: 'Contact Number', name: 'contactNumber', type: 'string', default: '' },
			{
				displayName: 'Email',
				name: 'emailAddress',
				type: 'string',
				placeholder: 'e.g. nathan@example.com',
				default: '',
			},
			commonFilters.ids,
			commonFilters.includeArchived,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'The whole name, as Xero has it',
			},
			{
				displayName: 'Search Term',
				name: 'searchTerm',
				type: 'string',
				default: '',
				description: 'Part of the name, first or last name, contact number or email',
			},
			commonFilters.summaryOnly,
			commonFilters.updatedSince,
			commonFilters.where,
		],
		sortFields: [
			{ name: 'Contact ID', value: 'ContactID' },
			{ name: 'Name', value: 'Name' },
			{ name: 'Updated', value: 'UpdatedDateUTC' },
		],
	}),
);

export const request = listRead(contactCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await readMany(run, {
		collection: contactCollection,
		queryOf: (item) => readListQuery(run, item, filters, contactCollection.idField),
		present: (record, item) =>
			run.parameter('simplify', item, true) === true
				? present(record, { raw: false, simplify: simplifyContact })
				: present(record, { raw: readFlag(run, 'options', 'raw', item) }),
	});
