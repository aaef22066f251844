import type { SearchMethod } from './SearchMethod';
import { searchPages } from './searchPages';

export const searchContacts: SearchMethod = async function (filter, paginationToken) {
	return await searchPages(
		this,
		'Contacts',
		{ order: 'Name ASC', summaryOnly: 'true' },
		(contact) => ({
			name: String(contact.Name),
			value: String(contact.ContactID),
			url: `https://go.xero.com/app/contacts/contact/${contact.ContactID}`,
		}),
		filter,
		paginationToken,
	);
};
