import type { ApiCall } from '../../resource/ApiResource';
import { dateString, msDateTime } from '../../resource/xeroDate';
import type { Contact } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { PurchaseOrder } from '../../world/PurchaseOrder';
import type { Element } from '../../writing/readElements';
import { presentContact, presentContactInDocument } from '../contact/presentContact';
import { presentLine } from '../document/presentLine';
import { unitPlacesOf } from '../document/unitPlacesOf';

export function presentPurchaseOrder(
	call: ApiCall,
	order: PurchaseOrder,
	level: 'one' | 'page',
): Element {
	const { books } = call;
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
		IsDiscounted: order.lines.some(({ discountRate }) => Boolean(discountRate)),
		TotalDiscount: toNumber(totals.totalDiscount, 2),
		SentToContact: order.sentToContact,
		Type: 'PURCHASEORDER',
		CurrencyRate: order.currencyRate / 1_000_000,
		CurrencyCode: order.currencyCode,
		Contact:
			level === 'one'
				? presentContact(books, contact, 'full', call.nowMs)
				: presentContactInDocument(contact),
		Status: order.status,
		LineAmountTypes: order.lineAmountTypes,
		LineItems: order.lines.map((line) => presentLine(books, line, unitPlacesOf(call))),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		UpdatedDateUTC: msDateTime(order.updatedMs),
		HasAttachments: books.files.get(order.id) !== undefined,
	};
}

function day(name: string, ms: number | undefined): Element {
	return ms === undefined ? {} : { [`${name}String`]: dateString(ms), [name]: msDateTime(ms) };
}
