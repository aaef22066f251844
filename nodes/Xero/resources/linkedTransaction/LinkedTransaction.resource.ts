import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const linkedTransaction = defineResource({
	title: 'Linked Transaction',
	value: 'linkedTransaction',
	operations: {
		create,
		get,
		getAll,
		update,
		delete: remove,
	},
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create linked transaction',
			description: 'Make a line of a purchase a billable expense',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete linked transaction',
			description: 'Delete a billable expense permanently; its documents stay',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get linked transaction',
			description: 'Get a billable expense by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many linked transactions',
			description: 'List the billable expenses',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update linked transaction',
			description: 'Assign a billable expense to a customer or a sales invoice',
		},
	],
	default: 'create',
	returnable: `
		ContactID SourceLineItemID SourceTransactionID SourceTransactionTypeCode Status TargetLineItemID
		TargetTransactionID Type UpdatedDateUTC
	`,
});
