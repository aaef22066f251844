import type { Books, Contact } from '../../world/Books';
import type { PurchaseOrder } from '../../world/PurchaseOrder';
import { presentContact, presentContactInDocument } from '../contact/presentContact';
import { toNumber } from '../decimal';
import { presentLine } from '../document/presentLine';
import type { Element } from '../writing/readElements';
import { dateString, msDateTime } from '../xeroDate';

export function presentPurchaseOrder(
	books: Books,
	order: PurchaseOrder,
	detail: { readonly level: 'one' | 'page'; readonly nowMs: number },
): Element {
	const { totals, fields } = order;
	const contact = books.contacts.get(order.contactId) as Contact;

	return {
		PurchaseOrderID: order.id,
		PurchaseOrderNumber: order.number,
		...day('Date', order.dateMs),
		...day('DeliveryDate', order.deliveryDateMs),
		...day('ExpectedArrivalDate', order.expectedArrivalDateMs),
		...fields,
		HasErrors: false,
		IsDiscounted: false,
		TotalDiscount: 0,
		SentToContact: order.sentToContact,
		Type: 'PURCHASEORDER',
		CurrencyRate: order.currencyRate / 1_000_000,
		CurrencyCode: order.currencyCode,
		Contact:
			detail.level === 'one'
				? presentContact(books, contact, 'full', detail.nowMs)
				: presentContactInDocument(contact),
		Status: order.status,
		LineAmountTypes: order.lineAmountTypes,
		LineItems: order.lines.map((line) => presentLine(books, line, 2)),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		UpdatedDateUTC: msDateTime(order.updatedMs),
		HasAttachments: false,
	};
}

function day(name: string, ms: number | undefined): Element {
	return ms === undefined ? {} : { [`${name}String`]: dateString(ms), [name]: msDateTime(ms) };
}
