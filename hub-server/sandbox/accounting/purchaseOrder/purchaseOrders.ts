import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { toNumber } from '../../world/decimal';
import type { PurchaseOrder } from '../../world/PurchaseOrder';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { echoLines } from '../document/echoLines';
import { nextNumber } from '../document/nextNumber';
import { readDate } from '../document/readDate';
import { presentPurchaseOrder } from './presentPurchaseOrder';
import { savePurchaseOrder, type SavedOrder } from './savePurchaseOrder';

export const purchaseOrders: ApiResource = {
	name: 'PurchaseOrders',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/PurchaseOrders', handle: list },
		{ method: 'PUT', path: '/PurchaseOrders', handle: write },
		{ method: 'POST', path: '/PurchaseOrders', handle: write },
		{ method: 'GET', path: '/PurchaseOrders/:id', handle: one },
		{ method: 'POST', path: '/PurchaseOrders/:id', handle: update },
	],
};

function list(call: ApiCall): Reply {
	const status = parameter(call.request, 'Status')?.toLowerCase() || undefined;
	const bound = (name: string) => {
		const value = parameter(call.request, name);
		return value === undefined ? undefined : readDate({ [name]: value }, name, undefined, []);
	};
	const [fromMs, toMs] = [bound('DateFrom'), bound('DateTo')];

	return listRows(call, {
		collection: 'PurchaseOrders',
		typeName: 'PurchaseOrder',
		rows: call.books.purchaseOrders,
		fields: orderFields,
		paged: true,
		hasWhere: false,
		keep: (order) =>
			(fromMs === undefined || order.dateMs >= fromMs) &&
			(toMs === undefined || order.dateMs <= toMs) &&
			(status === undefined ? order.status !== 'DELETED' : order.status.toLowerCase() === status),
		present: (order) => presentPurchaseOrder(call, order, 'page'),
	});
}

function one(call: ApiCall): Reply {
	const order = find(call);
	if (order === undefined) return notFound();
	return envelope(call, 'PurchaseOrders', [presentPurchaseOrder(call, order, 'one')]);
}

/**
 * PUT and POST do the same: the number of an order that is there changes that order, without a word.
 */
function write(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'PurchaseOrders',
		write(element) {
			const id = trimmedText(element['PurchaseOrderID']);
			const byId = id === undefined ? undefined : call.books.purchaseOrders.get(id.toLowerCase());
			if (id !== undefined && byId === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			const number = trimmedText(element['PurchaseOrderNumber']);
			const before = byId ?? holderOf(call, number);
			return outcome(call, element, save(call, element, before, number));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'PurchaseOrders',
		write: (element) =>
			outcome(
				call,
				{ ...element, PurchaseOrderID: before.id },
				save(call, element, before, trimmedText(element['PurchaseOrderNumber'])),
			),
	});
}

function save(
	call: ApiCall,
	element: Element,
	before: PurchaseOrder | undefined,
	sentNumber: string | undefined,
): SavedOrder {
	const holder = holderOf(call, sentNumber);
	if (holder !== undefined && holder.id !== before?.id) {
		return { ok: false, messages: ['Order number must be unique'] };
	}
	const number =
		sentNumber ??
		before?.number ??
		nextNumber(call, 'PO', (candidate) => holderOf(call, candidate) !== undefined);
	return savePurchaseOrder(call, element, before, number);
}

/** A deleted order keeps its number. */
function holderOf(call: ApiCall, number: string | undefined): PurchaseOrder | undefined {
	return number === undefined
		? undefined
		: call.books.purchaseOrders.find('number', number.toLowerCase());
}

/** By PurchaseOrderID or by PurchaseOrderNumber. */
function find(call: ApiCall): PurchaseOrder | undefined {
	const id = call.params['id']?.toLowerCase() ?? '';
	return call.books.purchaseOrders.get(id) ?? holderOf(call, id);
}

function outcome(call: ApiCall, element: Element, saved: SavedOrder): ElementOutcome {
	if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
	return {
		ok: true,
		view: presentPurchaseOrder(call, saved.order, 'one'),
		warnings: saved.warnings,
	};
}

/** A refused element comes back whole, with the all-zero id. */
function echo(element: Element): Element {
	return {
		...echoDates(element, ['Date', 'DeliveryDate', 'ExpectedArrivalDate']),
		PurchaseOrderID: ZERO_GUID,
		LineItems: echoLines(element),
		HasErrors: true,
	};
}

const orderFields: Fields<PurchaseOrder> = {
	PurchaseOrderID: { type: 'Guid', get: ({ id }) => id },
	PurchaseOrderNumber: { type: 'String', get: ({ number }) => number },
	Status: { type: 'String', get: ({ status }) => status },
	Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
	DeliveryDate: { type: 'DateTime', get: ({ deliveryDateMs }) => deliveryDateMs },
	Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
	UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
};
