import { defineResource } from '../../operations/defineResource';
import * as send from './send.operation';

export const apiRequest = defineResource({
	title: 'API Request',
	value: 'apiRequest',
	operations: { send },
	choices: [
		{
			name: 'Send',
			value: 'send',
			action: 'Send API request',
			description: 'Send any request of Xero’s APIs for organisations, to read or to change',
		},
	],
	default: 'send',
});
