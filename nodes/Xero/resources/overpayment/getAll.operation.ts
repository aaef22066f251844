import { listFilter } from '../../filters/filters';
import { overpaymentKind } from '../../kinds/overpaymentKind';
import { listBankCredits } from '../../operations/listBankCredits';

const references = listFilter(
	{
		displayName: 'References',
		name: 'references',
		type: 'string',
		default: '',
		placeholder: 'e.g. DEP-1, DEP-2',
		description: 'A comma-separated text, or an array from an expression',
	},
	'References',
);

export const { description, request, execute } = listBankCredits(overpaymentKind, {
	byName: references,
	types: [
		{
			name: 'Accounts Receivable',
			value: 'AROVERPAYMENT',
			description: 'From a customer who paid more than the invoice asked for',
		},
	],
});
