import { paymentTypeOf } from '../accounting/payment/paymentType';
import type { Books } from '../world/Books';

/** By group of the Files API: its word for the type of the record with that id, if there is one. */
export const objectTypes: Readonly<
	Record<string, (books: Books, id: string) => string | undefined>
> = {
	Account: ({ accounts }, id) => accounts.get(id) && 'Account',
	BankTransaction: ({ bankTransactions }, id) =>
		sided(bankTransactions.get(id), 'CashRec', 'CashPaid'),
	Contact: ({ contacts }, id) => contacts.get(id) && 'Business',
	CreditNote: ({ creditNotes }, id) => sided(creditNotes.get(id), 'AccRecCredit', 'AccPayCredit'),
	Invoice: ({ invoices }, id) => sided(invoices.get(id), 'AccRec', 'Accpay'),
	Item: ({ items }, id) => items.get(id) && 'PriceListItem',
	ManualJournal: ({ manualJournals }, id) => manualJournals.get(id) && 'ManJournal',
	Overpayment: ({ overpayments }, id) =>
		sided(overpayments.get(id), 'ArOverPayment', 'ApOverPayment'),
	Payment(books, id) {
		const payment = books.payments.get(id);
		const type = payment && paymentTypeOf(books, payment);
		return PAYMENTS.find((known) => known.toUpperCase() === type);
	},
	Prepayment: ({ prepayments }, id) => sided(prepayments.get(id), 'ArPrepayment', 'ApPrepayment'),
	Quote: ({ quotes }, id) => quotes.get(id) && 'SalesQuote',
};

const PAYMENTS = [
	'AccRecPayment',
	'AccPayPayment',
	'ArCreditPayment',
	'ApCreditPayment',
	'ArPrepaymentPayment',
	'ApPrepaymentPayment',
	'ArOverpaymentPayment',
	'ApOverPaymentPayment',
];

/** Money that comes in is of one type, money that goes out of the other. */
function sided(
	row: { readonly type: string } | undefined,
	incoming: string,
	outgoing: string,
): string | undefined {
	return row && (/^(?:ACCREC|RECEIVE)/.test(row.type) ? incoming : outgoing);
}
