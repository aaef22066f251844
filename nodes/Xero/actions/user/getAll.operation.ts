import { listOperation } from '../common/listOperation';
import { commonFilters, textFilter, whereFilter } from '../fields/filters';
import { userKind } from './userKind';

export const { description, request, execute } = listOperation(userKind, {
	filters: [
		textFilter('Email', 'emailAddress', 'EmailAddress', {
			placeholder: 'e.g. nathan@example.com',
		}),
		commonFilters.updatedSince,
		whereFilter('IsSubscriber==true'),
	],
	sortFields: [
		{ name: 'Email', value: 'EmailAddress' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
		{ name: 'User ID', value: 'UserID' },
	],
});
