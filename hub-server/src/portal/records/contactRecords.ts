import type { Contact } from 'xero-node/dist/gen/model/accounting/contact';
import { text } from './invoiceRecords';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';

export const contacts: RecordKind = {
	name: 'contacts',
	title: 'Contacts',
	columns: [
		{ label: 'Name', kind: 'name' },
		{ label: 'Email', kind: 'text' },
		{ label: 'Kind', kind: 'text', roomy: true },
		{ label: 'Account number', kind: 'text', roomy: true },
		{ label: 'Status', kind: 'status' },
	],
	searches: 'name, email or number',
	empty: 'Customers and suppliers that are entered in Xero appear here.',
	async read(api, { tenantId, search, page }) {
		const { body } = await api.getContacts(
			tenantId,
			undefined,
			undefined,
			'Name ASC',
			undefined,
			page,
			undefined,
			undefined,
			search === '' ? undefined : search,
			RECORDS_PAGE,
		);
		return foundPage(body, (body.contacts ?? []).map(toRow), page);
	},
};

function toRow(contact: Contact): Cell[] {
	const kinds = [contact.isCustomer && 'Customer', contact.isSupplier && 'Supplier'];
	return [
		contact.name ?? '(no name)',
		contact.emailAddress ?? null,
		kinds.filter(Boolean).join(', '),
		contact.accountNumber ?? null,
		text(contact.contactStatus) ?? null,
	];
}
