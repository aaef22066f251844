import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const contactGroupKind: RecordKind = {
	collection: {
		name: 'ContactGroups',
		path: 'api.xro/2.0/ContactGroups',
		idField: 'ContactGroupID',
		label: 'contact group',
		scope: 'accounting.contacts',
		query: {},
		paging: 'none',
		writes: 'one',
	},
	locator: recordLocator({
		displayName: 'Contact Group',
		name: 'contactGroup',
		searchListMethod: 'searchContactGroups',
		noun: 'a contact group',
		exampleUrl: 'https://go.xero.com/app/contacts/group/17b44ed7-4389-4162-91cb-3dd5766e4e22',
		required: true,
	}),
	simplify: ({ ContactGroupID, Name, Status }) => ({ Name, Status, ContactGroupID }),
};
