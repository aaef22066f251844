import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const currency = defineResource({
	title: 'Currency',
	value: 'currency',
	operations: {
		getAll,
	},
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many currencies',
			description: 'List the currencies the organisation uses',
		},
	],
	default: 'getAll',
});
