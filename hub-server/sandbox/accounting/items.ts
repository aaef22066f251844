import type { Item, ItemPrice } from '../world/Books';
import { toNumber } from './decimal';
import { readOnlyList } from './readOnlyList';
import { msDateTime } from './xeroDate';

export const items = readOnlyList<Item>({
	name: 'Items',
	typeName: 'Item',
	scopes: ['accounting.invoices', 'accounting.settings'],
	rows: (books) => books.items,
	fields: {
		ItemID: { type: 'Guid', get: ({ id }) => id },
		Code: { type: 'String', get: ({ code }) => code },
		Name: { type: 'String', get: ({ name }) => name },
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	},
	findByKey: (books, key) => books.items.find('code', key.toLowerCase()),
	present: (item) => ({
		ItemID: item.id,
		Code: item.code,
		...(item.description !== undefined && { Description: item.description }),
		UpdatedDateUTC: msDateTime(item.updatedMs),
		PurchaseDetails: price(item.purchase),
		SalesDetails: price(item.sales),
		Name: item.name,
		IsTrackedAsInventory: false,
		IsSold: item.sales !== undefined,
		IsPurchased: item.purchase !== undefined,
	}),
});

function price(details: ItemPrice | undefined) {
	if (details === undefined) return {};
	return {
		UnitPrice: toNumber(details.unitPrice ?? 0, 4),
		AccountCode: details.accountCode,
		TaxType: details.taxType,
	};
}
