import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const connection = defineResource({
	title: 'Connection',
	value: 'connection',
	operations: {
		getAll,
	},
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many connections',
			description: 'List the organisations that this credential reaches',
		},
	],
	default: 'getAll',
});
