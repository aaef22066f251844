import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const trackingOption = defineResource({
	title: 'Tracking Option',
	value: 'trackingOption',
	operations: {
		create,
		delete: remove,
		getAll,
		update,
	},
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create tracking option',
			description: 'Add an option to a tracking category',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete tracking option',
			description: 'Delete an option permanently',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tracking options',
			description: 'List the options of a tracking category',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update tracking option',
			description: 'Rename, archive or restore an option',
		},
	],
	default: 'getAll',
});
