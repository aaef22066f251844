import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const userKind: RecordKind = {
	collection: {
		name: 'Users',
		path: 'api.xro/2.0/Users',
		idField: 'UserID',
		label: 'user',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
		changes: { note: 'Users who were removed are gone from Xero and do not come.' },
	},
	locator: recordLocator({
		displayName: 'User',
		name: 'user',
		searchListMethod: 'searchUsers',
		noun: 'a user',
		required: true,
	}),
	simplify: ({ UserID, EmailAddress, FirstName, LastName, IsSubscriber, OrganisationRole }) => ({
		FirstName,
		LastName,
		EmailAddress,
		OrganisationRole,
		IsSubscriber,
		UserID,
	}),
};
