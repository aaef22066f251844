import { commonFilters, textFilter, whereFilter } from '../../filters/filters';
import { contactKind } from '../../kinds/contactKind';
import { listOperation } from '../../operations/listOperation';

const { ids, includeArchived, searchTerm, summaryOnly, updatedSince } = commonFilters;

export const { description, request, execute } = listOperation(contactKind, {
	filters: [
		textFilter('Account Number', 'accountNumber', 'AccountNumber'),
		textFilter('Contact Number', 'contactNumber', 'ContactNumber'),
		textFilter('Email', 'emailAddress', 'EmailAddress', {
			placeholder: 'e.g. nathan@example.com',
		}),
		textFilter('Name', 'name', 'Name'),
		{
			...searchTerm,
			property: {
				...searchTerm.property,
				description: 'Part of the name, first or last name, contact number or email',
			},
		},
		ids,
		includeArchived,
		{
			...summaryOnly,
			property: {
				...summaryOnly.property,
				description: 'Whether to leave out what is slow to compute, such as addresses and phones',
			},
		},
		updatedSince,
		whereFilter('EmailAddress!=null'),
	],
	sortFields: [
		{ name: 'Contact ID', value: 'ContactID' },
		{ name: 'Name', value: 'Name' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
