import type { Books, Invoice } from '../../world/Books';
import type { Credit, CreditType } from '../../world/Credit';
import type { Payment } from '../../world/Payment';
import { creditKinds } from '../settling/creditKinds';

/** Xero's word for which way a payment goes, and for what. */
export function paymentTypeOf(books: Books, { documentKind, documentId }: Payment): string {
	if (documentKind === 'Invoice') {
		const { type } = books.invoices.get(documentId) as Invoice;
		return type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT';
	}
	const { type } = creditKinds[documentKind].table(books).get(documentId) as Credit;
	return REFUNDS[type];
}

const REFUNDS: Readonly<Record<CreditType, string>> = {
	ACCRECCREDIT: 'ARCREDITPAYMENT',
	ACCPAYCREDIT: 'APCREDITPAYMENT',
	'RECEIVE-PREPAYMENT': 'ARPREPAYMENTPAYMENT',
	'SPEND-PREPAYMENT': 'APPREPAYMENTPAYMENT',
	'RECEIVE-OVERPAYMENT': 'AROVERPAYMENTPAYMENT',
	'SPEND-OVERPAYMENT': 'APOVERPAYMENTPAYMENT',
};
