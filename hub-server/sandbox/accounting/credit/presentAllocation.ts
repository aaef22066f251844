import { msDateTime } from '../../resource/xeroDate';
import type { Books, Invoice } from '../../world/Books';
import type { Allocation, Credit } from '../../world/Credit';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { creditKinds } from '../settling/creditKinds';

/** As it stands inside its credit. */
export function presentAllocation(books: Books, allocation: Allocation): Element {
	return {
		AllocationID: allocation.id,
		Amount: toNumber(allocation.amount, 2),
		Date: msDateTime(allocation.dateMs),
		Invoice: presentNamedInvoice(books.invoices.get(allocation.invoiceId) as Invoice),
	};
}

/** As the answer to the request that made it. */
export function presentNewAllocation(
	books: Books,
	allocation: Allocation,
	credit: Credit,
): Element {
	const { idField } = creditKinds[credit.kind];
	return {
		...presentAllocation(books, allocation),
		[credit.kind]: { [idField]: credit.id, ID: credit.id, LineItems: [] },
		ValidationErrors: [],
	};
}

/** A document of which little more than its name is shown, as Xero shows it inside other records. */
export function presentNamedInvoice(
	invoice: Pick<Invoice, 'id' | 'number' | 'currencyCode'>,
): Element {
	return {
		InvoiceID: invoice.id,
		InvoiceNumber: invoice.number,
		CurrencyCode: invoice.currencyCode,
		Payments: [],
		CreditNotes: [],
		Prepayments: [],
		Overpayments: [],
		HasErrors: false,
		IsDiscounted: false,
		LineItems: [],
	};
}
