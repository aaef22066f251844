import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const trackingCategory = defineResource({
	title: 'Tracking Category',
	value: 'trackingCategory',
	operations: {
		create,
		delete: remove,
		get,
		getAll,
		update,
	},
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create tracking category',
			description: 'Create a tracking category; two can be active at a time',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete tracking category',
			description: 'Delete a tracking category and its options permanently',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get tracking category',
			description: 'Get a tracking category and its options',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tracking categories',
			description: 'List tracking categories and their options',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update tracking category',
			description: 'Rename, archive or restore a tracking category',
		},
	],
	default: 'getAll',
	returnable: 'Name OptionNames Options Status',
});
