import { contactLocator } from '../fields/contactLocator';
import { requiredLocator } from '../fields/Locator';
import type { RecordKind } from './RecordKind';
import { simplifyContact } from './simplifyContact';

export const contactKind: RecordKind = {
	collection: {
		name: 'Contacts',
		path: 'api.xro/2.0/Contacts',
		idField: 'ContactID',
		label: 'contact',
		scope: 'accounting.contacts',
		query: {},
		bulkIds: true,
		traits: {
			members: ['Name', 'ContactNumber', 'AccountNumber', 'EmailAddress', 'FirstName', 'LastName'],
			namesOne: () => true,
		},
	},
	locator: requiredLocator(contactLocator),
	simplify: simplifyContact,
};
