/**
 * A record's page in Xero, for entities whose address is known. It opens in the organisation that the person
 * has open there.
 *
 * @param record as Xero answered it; null where none is kept
 * @see https://developer.xero.com/documentation/api-guides/deep-linking-xero/
 */
export function xeroLink(
	entity: string,
	id: string,
	record: Readonly<Record<string, unknown>> | null,
): string | undefined {
	const path = PATHS[pageOf(entity, record) ?? ''];
	return path && `https://go.xero.com/${path.replace('{id}', encodeURIComponent(id))}`;
}

/** Sales and purchases have pages of their own; without the record nobody knows which it is. */
function pageOf(
	entity: string,
	record: Readonly<Record<string, unknown>> | null,
): string | undefined {
	const isSale = String(record?.['Type'] ?? '').startsWith('ACCREC');
	if (entity === 'invoice') return isSale ? 'invoice' : undefined;
	if (entity === 'credit_note') return isSale ? 'credit_note' : undefined;
	return entity;
}

const PATHS: Readonly<Record<string, string>> = {
	contact: 'app/contacts/contact/{id}',
	invoice: 'app/invoicing/view/{id}',
	bill: 'AccountsPayable/Edit.aspx?InvoiceID={id}',
	credit_note: 'AccountsReceivable/ViewCreditNote.aspx?creditNoteID={id}',
	payment: 'Bank/ViewTransaction.aspx?bankTransactionID={id}',
	bank_transaction: 'Bank/ViewTransaction.aspx?bankTransactionID={id}',
	item: 'app/products-and-services/{id}',
	quote: 'app/quotes/view/{id}',
	purchase_order: 'Accounts/Payable/PurchaseOrders/Edit/{id}/',
	manual_journal: 'Journal/View.aspx?invoiceID={id}',
};
