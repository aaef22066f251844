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
		changes: {
			// A list that is asked for changes leaves them out as any other does (tap-xero#59, its PR#84).
			query: { includeArchived: 'true' },
			note: 'Archived and merged contacts come too: see ContactStatus and MergedToContactID. Xero does not count a new balance as a change of the contact.',
		},
	},
	codes: {},
	locator: requiredLocator(contactLocator),
	simplify: simplifyContact,
};
