import type { OrganisationUser } from '../world/Books';
import { readOnlyList } from './readOnlyList';
import { msDateTime } from './xeroDate';

export const users = readOnlyList<OrganisationUser>({
	name: 'Users',
	typeName: 'User',
	scopes: ['accounting.settings'],
	rows: (books) => books.users,
	fields: {
		UserID: { type: 'Guid', get: ({ id }) => id },
		EmailAddress: { type: 'String', get: ({ email }) => email },
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	},
	present: (user) => ({
		UserID: user.id,
		EmailAddress: user.email,
		FirstName: user.firstName,
		LastName: user.lastName,
		UpdatedDateUTC: msDateTime(user.updatedMs),
		IsSubscriber: user.isSubscriber,
		OrganisationRole: user.role,
	}),
});
