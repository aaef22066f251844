import type { Books, Invoice } from '../../world/Books';
import { toNumber, type Cents } from '../../world/decimal';
import { amountDueOf } from '../amounts/invoiceAmounts';

/** What an organisation's documents say about a contact. Not writable through the API. */
export interface ContactStanding {
	readonly isCustomer: boolean;
	readonly isSupplier: boolean;
	/** Undefined for a contact without documents. */
	readonly balances: unknown;
}

export function contactStanding(books: Books, contactId: string, nowMs: number): ContactStanding {
	const documents = books.invoices
		.group('contact', contactId)
		.filter(({ status }) => status !== 'DELETED' && status !== 'VOIDED');
	const sales = documents.filter(({ type }) => type === 'ACCREC');
	const bills = documents.filter(({ type }) => type === 'ACCPAY');

	return {
		isCustomer: sales.length > 0,
		isSupplier: bills.length > 0,
		balances:
			documents.length === 0
				? undefined
				: { AccountsReceivable: balance(sales, nowMs), AccountsPayable: balance(bills, nowMs) },
	};
}

function balance(documents: readonly Invoice[], nowMs: number) {
	const todayMs = Math.floor(nowMs / 86_400_000) * 86_400_000;
	const open = documents.filter(({ status }) => status === 'AUTHORISED');
	const overdue = open.filter(({ dueDateMs }) => dueDateMs !== undefined && dueDateMs < todayMs);
	return { Outstanding: toNumber(dueOn(open), 2), Overdue: toNumber(dueOn(overdue), 2) };
}

function dueOn(documents: readonly Invoice[]): Cents {
	return documents.reduce((sum, document) => sum + amountDueOf(document), 0);
}
