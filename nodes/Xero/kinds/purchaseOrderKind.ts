import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import { documentLines } from '../requests/RecordTraits';
import type { RecordKind } from './RecordKind';

/** `unitdp=4` keeps four decimals of a unit amount, although Xero's OpenAPI file does not name it here. */
export const purchaseOrderKind: RecordKind = {
	collection: {
		name: 'PurchaseOrders',
		path: 'api.xro/2.0/PurchaseOrders',
		idField: 'PurchaseOrderID',
		label: 'purchase order',
		scope: 'accounting.invoices',
		query: { unitdp: '4' },
		traits: {
			members: [
				'PurchaseOrderNumber',
				'Contact',
				'Date',
				'Reference',
				'CurrencyCode',
				'DeliveryDate',
			],
			parts: documentLines,
		},
		changes: {
			note: 'Deleted orders may be missing: read them with the filter Status set to Deleted.',
		},
	},
	codes: { direction: 'purchases' },
	locator: recordLocator({
		displayName: 'Purchase Order',
		name: 'purchaseOrder',
		searchListMethod: 'searchPurchaseOrders',
		noun: 'a purchase order',
		exampleUrl:
			'https://go.xero.com/Accounts/Payable/PurchaseOrders/Edit/56204648-8fbe-46f8-b09c-2125f7939533/',
		required: true,
	}),
	simplify: simplifyPurchaseOrder,
};

/** The ten fields that say what it is, from whom and when it is to come. */
function simplifyPurchaseOrder(order: IDataObject): IDataObject {
	const contact = order.Contact as IDataObject | undefined;
	return {
		PurchaseOrderNumber: order.PurchaseOrderNumber,
		ContactName: contact?.Name,
		Total: order.Total,
		CurrencyCode: order.CurrencyCode,
		Status: order.Status,
		Date: order.Date,
		DeliveryDate: order.DeliveryDate,
		ExpectedArrivalDate: order.ExpectedArrivalDate,
		Reference: order.Reference,
		PurchaseOrderID: order.PurchaseOrderID,
	};
}
