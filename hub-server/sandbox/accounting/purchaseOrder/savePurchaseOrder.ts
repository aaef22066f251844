import type { ApiCall } from '../../resource/ApiResource';
import type { PurchaseOrder, PurchaseOrderStatus } from '../../world/PurchaseOrder';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { totalsOf } from '../amounts/lineMath';
import { contactNamed } from '../contact/contactNamed';
import { checkLocks, type Dated } from '../document/checkLocks';
import { checkTotals } from '../document/checkTotals';
import { readDate } from '../document/readDate';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { readStoredFields } from '../document/readStoredFields';

export type SavedOrder =
	| { readonly ok: true; readonly order: PurchaseOrder; readonly warnings: readonly string[] }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a purchase order of that number, or changes the known one that `before` is. */
export function savePurchaseOrder(
	call: ApiCall,
	element: Element,
	before: PurchaseOrder | undefined,
	number: string,
): SavedOrder {
	if (before?.status === 'DELETED') {
		return {
			ok: false,
			messages: [
				'PurchaseOrder status change is invalid',
				'Deleted PurchaseOrders cannot be updated',
			],
		};
	}
	const status = element['Status'] ?? before?.status ?? 'DRAFT';
	if (!isOrderStatus(status) || !followersOf(before?.status).includes(status)) {
		return { ok: false, messages: ['PurchaseOrder status change is invalid'] };
	}

	const messages: string[] = [];
	checkContactExists(call, element, before, messages);
	const head =
		messages.length > 0 && before === undefined
			? undefined
			: readHead(call, element, before, messages);
	if (head === undefined) return { ok: false, messages };
	checkLocks(call, before && dated(before), dated(head), messages);
	const types = head.lineAmountTypes;
	const complete = status !== 'DRAFT' && status !== 'DELETED';
	const lines = readDocumentLines(
		call,
		element,
		before,
		{ types, isSale: false, discounts: 'rate', complete: false },
		messages,
	);
	if (lines.length === 0) messages.push('One or more line items must be specified');
	if (complete && lines.some(({ description }) => description === undefined)) {
		messages.push('Description is required for each line item');
	}
	const deliveryDateMs = readDate(element, 'DeliveryDate', before?.deliveryDateMs, messages);
	const expectedArrivalDateMs = readDate(
		element,
		'ExpectedArrivalDate',
		before?.expectedArrivalDateMs,
		messages,
	);
	const totals = totalsOf(lines, types);
	checkTotals(element, totals, messages);
	if (messages.length > 0) return { ok: false, messages: [...new Set(messages)] };

	const mayBeSent = status === 'AUTHORISED' || status === 'BILLED';
	const sent = element['SentToContact'];
	const order: PurchaseOrder = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		...head,
		number,
		status,
		deliveryDateMs,
		expectedArrivalDateMs,
		lines,
		totals,
		sentToContact: mayBeSent && typeof sent === 'boolean' ? sent : (before?.sentToContact ?? false),
		fields: readStoredFields(element, STORED, before?.fields),
	};
	call.transaction.put(call.books.purchaseOrders, order);
	return {
		ok: true,
		order,
		warnings:
			sent === true && !mayBeSent
				? ['Only AUTHORISED and BILLED purchase orders may have SentToContact updated.']
				: [],
	};
}

/** An order never stands in the ledger. */
function dated({ dateMs }: Dated): Dated {
	return { dateMs, isPosted: false };
}

const STORED = [
	'Reference',
	'BrandingThemeID',
	'DeliveryAddress',
	'AttentionTo',
	'Telephone',
	'DeliveryInstructions',
];

/** Where each status leads; the public facts name the statuses only, so this is the editor's order. */
const TRANSITIONS: Readonly<Record<PurchaseOrderStatus, readonly PurchaseOrderStatus[]>> = {
	DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
	AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
	BILLED: ['BILLED', 'AUTHORISED', 'DELETED'],
	DELETED: [],
};

function followersOf(status: PurchaseOrderStatus | undefined): readonly PurchaseOrderStatus[] {
	return status === undefined
		? ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED']
		: TRANSITIONS[status];
}

function isOrderStatus(value: unknown): value is PurchaseOrderStatus {
	return typeof value === 'string' && Object.hasOwn(TRANSITIONS, value);
}

/** Unlike an invoice, an order makes no contact. */
function checkContactExists(
	call: ApiCall,
	element: Element,
	before: PurchaseOrder | undefined,
	messages: string[],
): void {
	const contact = element['Contact'];
	if (before !== undefined && contact === undefined) return;
	const name = isObject(contact) ? contact['Name'] : undefined;
	const isByNameOnly =
		isObject(contact) &&
		contact['ContactID'] === undefined &&
		contact['ContactNumber'] === undefined;
	if (!isByNameOnly || typeof name !== 'string') return;
	if (contactNamed(call, name) === undefined) {
		messages.push('The contact of a purchase order must exist.');
	}
}
