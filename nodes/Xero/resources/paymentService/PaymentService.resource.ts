import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const paymentService = defineResource({
	title: 'Payment Service',
	value: 'paymentService',
	operations: {
		getAll,
	},
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many payment services',
			description: 'List what customers can pay online invoices with',
		},
	],
	default: 'getAll',
});
