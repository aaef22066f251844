import { commonFilters, textFilter, whereFilter } from '../../filters/filters';
import { userKind } from '../../kinds/userKind';
import { listOperation } from '../../operations/listOperation';

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
