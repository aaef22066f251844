import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const asset = defineResource({
	title: 'Asset',
	value: 'asset',
	operations: { get, getAll },
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get asset',
			description: 'Get a fixed asset by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many assets',
			description: 'List the fixed assets of one status',
		},
	],
	default: 'getAll',
});
