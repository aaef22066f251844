import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as remove from './remove.operation';
import * as set from './set.operation';

export const link = defineResource({
	title: 'Link',
	value: 'link',
	operations: {
		get,
		getAll,
		remove,
		set,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get link',
			description: 'Look up which record of Xero belongs to a record of another system',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many links',
			description: 'List which records of other systems belong to which records of Xero',
		},
		{
			name: 'Remove',
			value: 'remove',
			action: 'Remove link',
			description: 'Forget that two records belong together; both records stay',
		},
		{
			name: 'Set',
			value: 'set',
			action: 'Set link',
			description:
				'Say that two records belong together, and what the other system holds of its own',
		},
	],
	default: 'set',
});
