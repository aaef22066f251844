import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

/** `unitdp=4` keeps four decimals of a price instead of two. */
export const itemKind: RecordKind = {
	collection: {
		name: 'Items',
		path: 'api.xro/2.0/Items',
		idField: 'ItemID',
		label: 'item',
		scope: 'accounting.settings',
		bulkWhere: true,
		query: { unitdp: '4' },
		paging: 'none',
		traits: {
			members: ['Code', 'Name', 'Description'],
			namesOne: () => true,
		},
		changes: { note: 'Deleted items are gone from Xero and do not come.' },
	},
	codes: {},
	locator: recordLocator({
		displayName: 'Item',
		name: 'item',
		searchListMethod: 'searchItemRecords',
		noun: 'an item',
		exampleUrl:
			'https://go.xero.com/app/products-and-services/c8c54d65-f3f2-452d-926e-bf450b12fb07',
		required: true,
	}),
	simplify: simplifyItem,
};

/** The ten fields that say what it is and what it costs. */
function simplifyItem(item: IDataObject): IDataObject {
	const sales = item.SalesDetails as IDataObject | undefined;
	const purchase = item.PurchaseDetails as IDataObject | undefined;
	return {
		Code: item.Code,
		Name: item.Name,
		Description: item.Description,
		SalesUnitPrice: sales?.UnitPrice,
		SalesAccountCode: sales?.AccountCode,
		PurchaseUnitPrice: purchase?.UnitPrice,
		PurchaseAccountCode: purchase?.AccountCode ?? purchase?.COGSAccountCode,
		QuantityOnHand: item.QuantityOnHand,
		UpdatedDateUTC: item.UpdatedDateUTC,
		ItemID: item.ItemID,
	};
}
