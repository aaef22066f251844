import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const bankStatement = defineResource({
	title: 'Bank Statement',
	value: 'bankStatement',
	operations: { create, get, getAll },
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create bank statement',
			description: 'Send lines of a bank account into its feed',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get bank statement',
			description: 'Get a statement and what became of it',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many bank statements',
			description: 'List the statements that this app sent',
		},
	],
	default: 'create',
});
