import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as deleteConnection from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const bankFeedConnection = defineResource({
	title: 'Bank Feed Connection',
	value: 'bankFeedConnection',
	operations: { create, delete: deleteConnection, get, getAll },
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create bank feed connection',
			description: 'Connect an account of the institution to a bank account in Xero',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete bank feed connection',
			description: 'Permanently end a feed; the bank account and its lines stay',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get bank feed connection',
			description: 'Get a feed connection by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many bank feed connections',
			description: 'List the feed connections of this app',
		},
	],
	default: 'getAll',
});
