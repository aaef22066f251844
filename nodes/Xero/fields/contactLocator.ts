import { recordLocator } from './recordLocator';

/** Picks a contact, or none. */
export const contactLocator = recordLocator({
	displayName: 'Contact',
	name: 'contact',
	searchListMethod: 'searchContacts',
	noun: 'a contact',
	exampleUrl: 'https://go.xero.com/app/contacts/contact/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
});
