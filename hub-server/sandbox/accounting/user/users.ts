import { readOnlyList } from '../../query/readOnlyList';
import { msDateTime } from '../../resource/xeroDate';
import type { OrganisationUser } from '../../world/Books';

export const users = readOnlyList<OrganisationUser>({
	name: 'Users',
	typeName: 'User',
	scopes: ['accounting.settings'],
	rows: (books) => books.users,
	fields: {
		UserID: { type: 'Guid', get: ({ id }) => id },
		EmailAddress: { type: 'String', get: ({ email }) => email },
		FirstName: { type: 'String', get: ({ firstName }) => firstName },
		LastName: { type: 'String', get: ({ lastName }) => lastName },
		IsSubscriber: { type: 'Boolean', get: ({ isSubscriber }) => isSubscriber },
		OrganisationRole: { type: 'String', get: ({ role }) => role },
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
