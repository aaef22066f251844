import type { XeroCollection } from '../shared/XeroCollection';

export const contactCollection: XeroCollection = {
	name: 'Contacts',
	path: 'api.xro/2.0/Contacts',
	idField: 'ContactID',
	label: 'contact',
	scope: 'accounting.contacts',
	query: {},
};
