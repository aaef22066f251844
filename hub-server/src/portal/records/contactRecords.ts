import type { Contact } from 'xero-node/dist/gen/model/accounting/contact';
import { text } from './invoiceRecords';
import type { Sent } from './ListAnswer';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';

export const contacts: RecordKind = {
	name: 'contacts',
	title: 'Contacts',
	entity: 'contact',
	columns: [
		{ label: 'Name', kind: 'name' },
		{ label: 'Email', kind: 'text' },
		{ label: 'Kind', kind: 'text', roomy: true },
		{ label: 'Account number', kind: 'text', roomy: true },
		{ label: 'Status', kind: 'status' },
	],
	searches: 'name, email or number',
	empty: 'Customers and suppliers that are entered in Xero appear here.',
	request: ({ search, page }) => ({
		collection: 'Contacts',
		order: 'Name ASC',
		searchTerm: search === '' ? undefined : search,
		page,
		pageSize: RECORDS_PAGE,
	}),
	read(answer, { page }) {
		const records = answer.Contacts ?? [];
		const ids = records.map(({ ContactID: id }) => id ?? undefined);
		return foundPage(answer, records.map(toRow), ids, page);
	},
};

function toRow(contact: Sent<Contact>): Cell[] {
	const kinds = [contact.IsCustomer && 'Customer', contact.IsSupplier && 'Supplier'];
	return [
		contact.Name ?? '(no name)',
		contact.EmailAddress ?? null,
		kinds.filter(Boolean).join(', '),
		contact.AccountNumber ?? null,
		text(contact.ContactStatus) ?? null,
	];
}
