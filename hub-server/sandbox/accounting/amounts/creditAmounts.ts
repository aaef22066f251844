import type { Books } from '../../world/Books';
import type { Allocation, Credit } from '../../world/Credit';
import type { Cents } from '../../world/decimal';
import type { Payment } from '../../world/Payment';

/** What is neither allocated nor refunded. Nothing remains of a credit that was taken back. */
export function remainingCreditOf(books: Books, credit: Credit): Cents {
	if (credit.status === 'VOIDED' || credit.status === 'DELETED') return 0;
	return (
		credit.totals.total -
		sum(allocationsOf(books, credit)) -
		sum(paymentsOfDocument(books, credit.id))
	);
}

export function allocationsOf(books: Books, credit: Credit): readonly Allocation[] {
	return books.allocations.group('credit', credit.id);
}

/** Payments of an invoice or refunds of a credit that stand. */
export function paymentsOfDocument(books: Books, documentId: string): readonly Payment[] {
	return books.payments
		.group('document', documentId)
		.filter(({ status }) => status === 'AUTHORISED');
}

/** Whether something was taken from it already. */
export function isUsed(books: Books, credit: Credit): boolean {
	return allocationsOf(books, credit).length > 0 || paymentsOfDocument(books, credit.id).length > 0;
}

function sum(entries: readonly { readonly amount: Cents }[]): Cents {
	return entries.reduce((total, { amount }) => total + amount, 0);
}
