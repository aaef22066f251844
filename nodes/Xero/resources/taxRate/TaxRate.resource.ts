import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as getAll from './getAll.operation';
import * as push from './push.operation';
import * as update from './update.operation';

export const taxRate = defineResource({
	title: 'Tax Rate',
	value: 'taxRate',
	operations: {
		create,
		delete: remove,
		getAll,
		push,
		update,
	},
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create tax rate',
			description: 'Create a tax rate of your own',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete tax rate',
			description: 'Delete a tax rate of your own permanently',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tax rates',
			description: 'List the tax rates',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push tax rate',
			description:
				'Bring a tax rate of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update tax rate',
			description: 'Change a tax rate of your own; fields that are left out keep their values',
		},
	],
	default: 'getAll',
	returnable: `
		CanApplyToAssets CanApplyToEquity CanApplyToExpenses CanApplyToLiabilities CanApplyToRevenue
		DisplayTaxRate EffectiveRate Name ReportTaxType Status TaxComponents
	`,
});
