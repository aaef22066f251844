import type { Fields } from '../../query/Field';
import type { Books } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { Payment } from '../../world/Payment';
import { creditKinds } from '../settling/creditKinds';
import { paymentTypeOf } from './paymentType';

/** What a `where` or `order` of Payments may name. */
export function paymentFields(books: Books): Fields<Payment> {
	const account = ({ accountId }: Payment) =>
		accountId === undefined ? undefined : books.accounts.get(accountId);
	const document = ({ documentKind, documentId }: Payment) =>
		documentKind === 'Invoice'
			? books.invoices.get(documentId)
			: creditKinds[documentKind].table(books).get(documentId);
	return {
		PaymentID: { type: 'Guid', get: ({ id }) => id },
		BatchPaymentID: { type: 'Guid', get: ({ batchPaymentId }) => batchPaymentId },
		Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
		Amount: { type: 'Decimal', get: ({ amount }) => toNumber(amount, 2) },
		Reference: { type: 'String', get: ({ reference }) => reference },
		Status: { type: 'String', get: ({ status }) => status },
		PaymentType: { type: 'String', get: (payment) => paymentTypeOf(books, payment) },
		IsReconciled: { type: 'Boolean', get: ({ isReconciled }) => isReconciled },
		'Invoice.InvoiceID': { type: 'Guid', get: ({ documentId }) => documentId },
		'Invoice.InvoiceNumber': { type: 'String', get: (payment) => document(payment)?.number },
		'Invoice.Contact.ContactID': { type: 'Guid', get: (payment) => document(payment)?.contactId },
		'Account.AccountID': { type: 'Guid', get: ({ accountId }) => accountId },
		'Account.Code': { type: 'String', get: (payment) => account(payment)?.code },
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	};
}
