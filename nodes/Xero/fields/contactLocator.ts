import { recordLocator, type RecordLocator } from './recordLocator';

/** Picks a contact. */
export function contactLocator(
	options: Pick<RecordLocator, 'description'> & Partial<RecordLocator>,
): ReturnType<typeof recordLocator> {
	return recordLocator({
		displayName: 'Contact',
		name: 'contact',
		searchListMethod: 'searchContacts',
		noun: 'a contact',
		exampleUrl: 'https://go.xero.com/app/contacts/contact/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
		...options,
	});
}
