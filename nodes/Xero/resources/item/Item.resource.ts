import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as push from './push.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

export const item = defineResource({
	title: 'Item',
	value: 'item',
	operations: {
		addNote,
		create,
		delete: remove,
		get,
		getAll,
		getHistory,
		push,
		update,
		upsert,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to item',
			description: 'Add a note to the history of an item',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create item',
			description: 'Create a product or service',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update item',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete item',
			description: 'Delete an item permanently',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get item',
			description: 'Get an item by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of item',
			description: 'List the changes and notes of an item',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many items',
			description: 'List products and services',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push item',
			description:
				'Bring an item of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update item',
			description: 'Change an item; fields that are left out keep their values',
		},
	],
	default: 'create',
	returnable: `
		Code Description InventoryAssetAccountCode IsPurchased IsSold IsTrackedAsInventory Name
		PurchaseAccountCode PurchaseDescription PurchaseDetails PurchaseUnitPrice QuantityOnHand
		SalesAccountCode SalesDetails SalesUnitPrice TotalCostPool UpdatedDateUTC
	`,
});
