import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as changeStatus from './changeStatus.operation';
import * as create from './create.operation';
import * as deleteOrder from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as getPdf from './getPdf.operation';
import * as update from './update.operation';

export const purchaseOrder = defineResource({
	title: 'Purchase Order',
	value: 'purchaseOrder',
	operations: {
		addNote,
		changeStatus,
		create,
		delete: deleteOrder,
		get,
		getAll,
		getHistory,
		getPdf,
		update,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to purchase order',
			description: 'Add a note to the history of a purchase order',
		},
		{
			name: 'Change Status',
			value: 'changeStatus',
			action: 'Change status of purchase order',
			description: 'Submit, approve or mark as billed',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create purchase order',
			description: 'Create an order; a number that is taken is refused, never overwritten',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete purchase order',
			description: 'Permanently delete an order, billed ones included',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get purchase order',
			description: 'Get an order by its ID or number',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of purchase order',
			description: 'List the changes and notes of a purchase order',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many purchase orders',
			description: 'Search and list orders',
		},
		{
			name: 'Get PDF',
			value: 'getPdf',
			action: 'Get PDF of purchase order',
			description: 'Get the order as a PDF file',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update purchase order',
			description: 'Change an order; fields that are left out keep their values',
		},
	],
	default: 'create',
	returnable: `
		AttentionTo BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date
		DeliveryAddress DeliveryDate DeliveryInstructions ExpectedArrivalDate HasAttachments
		LineAmountTypes LineItems PurchaseOrderNumber Reference SentToContact Status SubTotal
		Telephone Total TotalDiscount TotalTax UpdatedDateUTC
	`,
});
