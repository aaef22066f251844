import { empty, type Reply } from '../../http/Reply';
import { readOnlyList } from '../../query/readOnlyList';
import { apiErrorReply, notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { msDateTime } from '../../resource/xeroDate';
import type { Item, ItemPrice } from '../../world/Books';
import { scale, toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { unitPlacesOf } from '../document/unitPlacesOf';
import { saveItem, type SavedItem } from './saveItem';
import { stockOf, type Stock } from './stockOf';

const reading = readOnlyList<Item>({
	name: 'Items',
	typeName: 'Item',
	scopes: ['accounting.invoices', 'accounting.settings'],
	rows: (books) => books.items,
	fields: {
		ItemID: { type: 'Guid', get: ({ id }) => id },
		Code: { type: 'String', get: ({ code }) => code },
		Name: { type: 'String', get: ({ name }) => name },
		IsSold: { type: 'Boolean', get: ({ isSold }) => isSold },
		IsPurchased: { type: 'Boolean', get: ({ isPurchased }) => isPurchased },
		IsTrackedAsInventory: {
			type: 'Boolean',
			get: ({ inventoryAccountCode }) => inventoryAccountCode !== undefined,
		},
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	},
	findByKey: (books, key) => books.items.find('code', key.toLowerCase()),
	present,
});

export const items: ApiResource = {
	...reading,
	routes: [
		...reading.routes,
		{ method: 'PUT', path: '/Items', handle: create },
		{ method: 'POST', path: '/Items', handle: createOrUpdate },
		{ method: 'POST', path: '/Items/:id', handle: update },
		{ method: 'DELETE', path: '/Items/:id', handle: remove },
	],
};

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Items',
		write: (element) => outcome(call, element, saveItem(call, element, undefined)),
	});
}

/** By ItemID, else by Code. */
function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Items',
		write(element) {
			const { ItemID: id, Code: code } = element;
			const isNamed = typeof id === 'string' && id !== '';
			const before = isNamed
				? call.books.items.get(id.toLowerCase())
				: call.books.items.find('code', String(code ?? '').toLowerCase());
			if (isNamed && before === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			return outcome(call, element, saveItem(call, element, before));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'Items',
		write: (element) => outcome(call, element, saveItem(call, element, before)),
	});
}

function remove(call: ApiCall): Reply {
	const item = find(call);
	if (item === undefined) return notFound();
	if (item.inventoryAccountCode !== undefined) {
		return apiErrorReply('ValidationException', 'A validation exception occurred', [
			{ ...present(item, call), ValidationErrors: [{ Message: TRACKED }] },
		]);
	}
	call.transaction.remove(call.books.items, item.id);
	return empty(204);
}

/** Items that are tracked as inventory cannot be deleted (xeroizer#475). */
const TRACKED = 'An item that is tracked as inventory cannot be deleted.';

function find({ books, params }: ApiCall): Item | undefined {
	return books.items.get(params['id']?.toLowerCase() ?? '');
}

function outcome(call: ApiCall, element: Element, saved: SavedItem): ElementOutcome {
	if (saved.ok) return { ok: true, view: present(saved.item, call) };
	return { ok: false, messages: saved.messages, echo: { ItemID: ZERO_GUID, ...element } };
}

function present(item: Item, call: ApiCall): Element {
	const isTracked = item.inventoryAccountCode !== undefined;
	return {
		ItemID: item.id,
		Code: item.code,
		...(item.description !== undefined && { Description: item.description }),
		...(item.purchaseDescription !== undefined && {
			PurchaseDescription: item.purchaseDescription,
		}),
		UpdatedDateUTC: msDateTime(item.updatedMs),
		PurchaseDetails: price(call, item.purchase, isTracked ? 'COGSAccountCode' : 'AccountCode'),
		SalesDetails: price(call, item.sales, 'AccountCode'),
		...(item.name !== undefined && { Name: item.name }),
		IsTrackedAsInventory: isTracked,
		...(isTracked && {
			InventoryAssetAccountCode: item.inventoryAccountCode,
			...presentStock(stockOf(call.books, item)),
		}),
		IsSold: item.isSold,
		IsPurchased: item.isPurchased,
	};
}

/** What is there, or what is missing: one of both is nought (xero-node 20). */
function presentStock({ quantity, costPool }: Stock): Element {
	return {
		TotalCostPool: toNumber(costPool, 2),
		QuantityOnHand: toNumber(Math.max(quantity, 0), 4),
		QuantityAvailable: toNumber(quantity, 4),
		QuantityOnBackOrder: toNumber(Math.max(-quantity, 0), 4),
	};
}

function price(
	call: ApiCall,
	details: ItemPrice | undefined,
	accountField: 'AccountCode' | 'COGSAccountCode',
): Element {
	if (details === undefined) return {};
	const { unitPrice, accountCode, taxType } = details;
	return {
		...(unitPrice !== undefined && {
			UnitPrice:
				unitPlacesOf(call) === 4 ? toNumber(unitPrice, 4) : toNumber(scale(unitPrice, 1, 100), 2),
		}),
		...(accountCode !== undefined && { [accountField]: accountCode }),
		...(taxType !== undefined && { TaxType: taxType }),
	};
}
