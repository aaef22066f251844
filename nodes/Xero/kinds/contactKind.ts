import type { RecordKind } from './RecordKind';
import { contactLocator } from '../fields/contactLocator';
import { simplifyContact } from './simplifyContact';

export const contactKind: RecordKind = {
	resource: 'contact',
	collection: {
		name: 'Contacts',
		path: 'api.xro/2.0/Contacts',
		idField: 'ContactID',
		label: 'contact',
		scope: 'accounting.contacts',
		query: {},
		bulkIds: true,
	},
	locator: (description) => contactLocator({ description, required: true }),
	simplify: simplifyContact,
};
