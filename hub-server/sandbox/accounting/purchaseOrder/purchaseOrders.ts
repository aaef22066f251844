import type { Reply } from '../../http/Reply';
import type { PurchaseOrder } from '../../world/PurchaseOrder';
import {
	parameter,
	type AccountingCall,
	type AccountingResource,
} from '../../resource/ApiResource';
import { notFound } from '../../resource/apiError';
import { toNumber } from '../../world/decimal';
import { nextNumber } from '../document/nextNumber';
import { readDate } from '../document/readDate';
import { envelope } from '../../resource/envelope';
import { presentPurchaseOrder } from './presentPurchaseOrder';
import { savePurchaseOrder, type SavedOrder } from './savePurchaseOrder';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { echoDates } from '../../writing/echoDates';
import { isObject, type Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';

export const purchaseOrders: AccountingResource = {
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

function list(call: AccountingCall): Reply {
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

function one(call: AccountingCall): Reply {
	const order = find(call);
	if (order === undefined) return notFound();
	return envelope(call, 'PurchaseOrders', [presentPurchaseOrder(call, order, 'one')]);
}

/**
 * PUT and POST do the same: the number of an order that is there changes that order, without a word.
 */
function write(call: AccountingCall): Reply {
	return writeElements(call, {
		collection: 'PurchaseOrders',
		write(element) {
			const id = text(element['PurchaseOrderID']);
			const byId = id === undefined ? undefined : call.books.purchaseOrders.get(id.toLowerCase());
			if (id !== undefined && byId === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			const number = text(element['PurchaseOrderNumber']);
			const before = byId ?? holderOf(call, number);
			return outcome(call, element, save(call, element, before, number));
		},
	});
}

function update(call: AccountingCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'PurchaseOrders',
		write: (element) =>
			outcome(
				call,
				{ ...element, PurchaseOrderID: before.id },
				save(call, element, before, text(element['PurchaseOrderNumber'])),
			),
	});
}

const UNKNOWN_ID = 'The document with the supplied id was not found for this endpoint.';

function save(
	call: AccountingCall,
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
function holderOf(call: AccountingCall, number: string | undefined): PurchaseOrder | undefined {
	return number === undefined
		? undefined
		: call.books.purchaseOrders.find('number', number.toLowerCase());
}

/** By PurchaseOrderID or by PurchaseOrderNumber. */
function find(call: AccountingCall): PurchaseOrder | undefined {
	const id = call.params['id']?.toLowerCase() ?? '';
	return call.books.purchaseOrders.get(id) ?? holderOf(call, id);
}

function outcome(call: AccountingCall, element: Element, saved: SavedOrder): ElementOutcome {
	if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
	return {
		ok: true,
		view: presentPurchaseOrder(call, saved.order, 'one'),
		warnings: saved.warnings,
	};
}

/** A refused element comes back whole, with the all-zero id. */
function echo(element: Element): Element {
	const lines = Array.isArray(element['LineItems']) ? element['LineItems'].filter(isObject) : [];
	return {
		...echoDates(element, ['Date', 'DeliveryDate', 'ExpectedArrivalDate']),
		PurchaseOrderID: ZERO_GUID,
		LineItems: lines.map((line) => ({ ...line, ValidationErrors: [] })),
		HasErrors: true,
	};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
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
