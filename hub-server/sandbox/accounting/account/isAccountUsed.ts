import type { Account, Books } from '../../world/Books';

/** Whether a document, a transaction or an item refers to the account: then it cannot be deleted. */
export function isAccountUsed(books: Books, { id, code }: Account): boolean {
	const isOf = (accountCode: string | undefined) => code !== undefined && accountCode === code;
	const hasLine = (document: { readonly lines: readonly { readonly accountCode?: string }[] }) =>
		document.lines.some(({ accountCode }) => isOf(accountCode));

	for (const transaction of books.bankTransactions.values()) {
		if (transaction.bankAccountId === id || hasLine(transaction)) return true;
	}
	for (const payment of books.payments.values()) if (payment.accountId === id) return true;
	for (const item of books.items.values()) {
		if ([item.sales, item.purchase].some((price) => isOf(price?.accountCode))) return true;
		if (isOf(item.inventoryAccountCode)) return true;
	}
	for (const table of [books.manualJournals, books.invoices, books.creditNotes]) {
		for (const document of table.values()) if (hasLine(document)) return true;
	}
	return false;
}
