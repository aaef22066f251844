import type { SandboxContext } from '../context/SandboxContext';
import type { Contact } from '../world/Books';
import type { Table, TableRow } from '../world/Table';
import type { Organisation } from '../world/World';

/**
 * What people do in Xero, and no app can: one contact's documents become another's, and the first is
 * archived and names the other. Apps are told of the archived one (calcinai/xero-php#900).
 */
export function mergeContacts(
	context: SandboxContext,
	{ books, tenantId }: Organisation,
	from: Contact,
	into: Contact,
): void {
	const move = <Row extends TableRow & { readonly contactId: string | undefined }>(
		table: Table<Row>,
	): void => {
		for (const row of [...table.values()]) {
			if (row.contactId === from.id) table.put({ ...row, contactId: into.id });
		}
	};
	move(books.invoices);
	move(books.repeatingInvoices);
	move(books.creditNotes);
	move(books.prepayments);
	move(books.overpayments);
	move(books.bankTransactions);
	move(books.quotes);
	move(books.purchaseOrders);

	books.contacts.put({
		...from,
		status: 'ARCHIVED',
		mergedIntoId: into.id,
		updatedMs: context.now(),
	});
	context.committed(tenantId, [
		{ category: 'CONTACT', type: 'UPDATE', resource: 'Contacts', resourceId: from.id },
	]);
}
