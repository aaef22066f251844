import type { ApiCall } from '../../resource/ApiResource';
import { dateString, msDateTime } from '../../resource/xeroDate';
import type { BankTransaction } from '../../world/BankTransaction';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { presentContact, presentContactInDocument } from '../contact/presentContact';
import { presentLine } from '../document/presentLine';
import { unitPlacesOf } from '../document/unitPlacesOf';
import { presentBankAccount } from './bankAccountOf';

/** @param level `one` for a single record, `page` for pages, `summary` for lists without page */
export function presentBankTransaction(
	call: ApiCall,
	transaction: BankTransaction,
	level: 'one' | 'page' | 'summary',
): Element {
	const { books } = call;
	const { totals, fields } = transaction;
	return {
		BankTransactionID: transaction.id,
		BankAccount: presentBankAccount(books, transaction.bankAccountId),
		Type: transaction.type,
		...fields,
		IsReconciled: transaction.isReconciled,
		CurrencyRate: transaction.currencyRate / 1_000_000,
		...credit(transaction),
		HasAttachments: books.files.get(transaction.id) !== undefined,
		...contactOf(call, transaction, level),
		DateString: dateString(transaction.dateMs),
		Date: msDateTime(transaction.dateMs),
		Status: transaction.status,
		LineAmountTypes: transaction.lineAmountTypes,
		LineItems:
			level === 'summary'
				? []
				: transaction.lines.map((line) => presentLine(books, line, unitPlacesOf(call))),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		UpdatedDateUTC: msDateTime(transaction.updatedMs),
		CurrencyCode: transaction.currencyCode,
	};
}

function credit({ type, creditId }: BankTransaction): Element {
	if (creditId === undefined) return {};
	return { [type.endsWith('-PREPAYMENT') ? 'PrepaymentID' : 'OverpaymentID']: creditId };
}

/** The halves of a transfer have no contact. */
function contactOf(
	{ books, nowMs }: ApiCall,
	{ contactId }: BankTransaction,
	level: 'one' | 'page' | 'summary',
): Element {
	const contact = contactId === undefined ? undefined : books.contacts.get(contactId);
	if (contact === undefined) return {};
	return {
		Contact:
			level === 'one'
				? presentContact(books, contact, 'full', nowMs)
				: presentContactInDocument(contact),
	};
}
