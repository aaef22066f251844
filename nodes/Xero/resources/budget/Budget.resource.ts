import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const budget = defineResource({
	title: 'Budget',
	value: 'budget',
	operations: {
		get,
		getAll,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get budget',
			description: 'Get a budget with its amounts, by account and month',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many budgets',
			description: 'List the budgets, without their amounts',
		},
	],
	default: 'getAll',
	returnable: 'Amounts BudgetLines Description Tracking TrackingNames Type UpdatedDateUTC',
});
