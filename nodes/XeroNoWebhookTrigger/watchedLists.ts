import type { XeroRecord } from '../../hub-server/protocol/xero';
import { accountKind } from '../Xero/kinds/accountKind';
import { bankCreditKind } from '../Xero/kinds/bankCreditKind';
import { bankTransactionKind } from '../Xero/kinds/bankTransactionKind';
import { contactKind } from '../Xero/kinds/contactKind';
import { creditNoteKind } from '../Xero/kinds/creditNoteKind';
import { invoiceKind } from '../Xero/kinds/invoiceKind';
import { itemKind } from '../Xero/kinds/itemKind';
import { paymentKind } from '../Xero/kinds/paymentKind';
import { purchaseOrderKind } from '../Xero/kinds/purchaseOrderKind';
import { quoteKind } from '../Xero/kinds/quoteKind';
import type { XeroCollection } from '../Xero/requests/XeroCollection';

/** A list of Xero's whose changes are told. */
export interface WatchedList {
	readonly collection: XeroCollection;
	/** Of its records, as in event types. */
	readonly entities: readonly string[];
	entityOf(record: XeroRecord): string;
	/** What the list is asked for besides: records that it leaves out by itself. */
	readonly query: Readonly<Record<string, string>>;
	/** The condition of `where` that leaves one entity of several. */
	whereOf(entity: string): string | undefined;
}

/** Archived contacts, and invoices that are gone, may be in no list that does not ask for them. */
const WITH_ARCHIVED = { includeArchived: 'true' };

/**
 * Every list that takes `If-Modified-Since` and says when each record changed (Xero's OpenAPI file). Manual
 * journals are missing: with an order Xero was seen to give all of them on each page (tap-xero#104). Bank
 * transfers are, too: Xero does not say when they changed.
 */
export const WATCHED_LISTS: readonly WatchedList[] = [
	listOf('contact', contactKind.collection, WITH_ARCHIVED),
	{
		collection: invoiceKind.collection,
		entities: ['invoice', 'bill'],
		entityOf: ({ Type }) => (Type === 'ACCPAY' ? 'bill' : 'invoice'),
		query: WITH_ARCHIVED,
		whereOf: (entity) => `Type=="${entity === 'bill' ? 'ACCPAY' : 'ACCREC'}"`,
	},
	listOf('credit_note', creditNoteKind.collection),
	listOf('payment', paymentKind.collection),
	listOf('prepayment', bankCreditKind('Prepayment').collection),
	listOf('overpayment', bankCreditKind('Overpayment').collection),
	listOf('bank_transaction', bankTransactionKind.collection),
	listOf('quote', quoteKind.collection),
	listOf('purchase_order', purchaseOrderKind.collection),
	listOf('item', itemKind.collection),
	listOf('account', accountKind.collection),
];

function listOf(
	entity: string,
	collection: XeroCollection,
	query: WatchedList['query'] = {},
): WatchedList {
	return {
		collection,
		entities: [entity],
		entityOf: () => entity,
		query,
		whereOf: () => undefined,
	};
}
