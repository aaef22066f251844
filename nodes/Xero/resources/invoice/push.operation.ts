import { salesLines } from '../../documents/lineItems';
import { otherContactField } from '../../fields/documentFields';
import { pushOperation } from '../../operations/pushOperation';
import { invoiceFields } from './invoiceFields';

export const { description, hub, execute } = pushOperation({
	entity: {
		displayName: 'Type',
		name: 'pushedEntity',
		type: 'options',
		options: [
			{ name: 'Bill', value: 'bill', description: 'Accounts payable: what you owe' },
			{
				name: 'Sales Invoice',
				value: 'invoice',
				description: 'Accounts receivable: what a customer owes you',
			},
		],
		default: 'invoice',
		description: 'Whether it is yours to be paid, or yours to pay',
	},
	fields: [...invoiceFields, otherContactField],
	lines: salesLines,
});
