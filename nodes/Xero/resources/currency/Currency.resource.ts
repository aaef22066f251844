import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as getAll from './getAll.operation';

export const currency = defineResource({
	title: 'Currency',
	value: 'currency',
	operations: {
		create,
		getAll,
	},
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create currency',
			description: 'Let the organisation use one more currency',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many currencies',
			description: 'List the currencies the organisation uses',
		},
	],
	default: 'getAll',
});
