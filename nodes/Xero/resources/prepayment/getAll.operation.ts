import { listFilter } from '../../filters/filters';
import { prepaymentKind } from '../../kinds/prepaymentKind';
import { listBankCredits } from '../../operations/listBankCredits';

const invoiceNumbers = listFilter(
	{
		displayName: 'Invoice Numbers',
		name: 'invoiceNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. INV-0011, INV-0012',
		description: 'A comma-separated text, or an array from an expression',
	},
	'InvoiceNumbers',
);

export const { description, request, execute } = listBankCredits(prepaymentKind, {
	byName: invoiceNumbers,
	types: [
		{ name: 'Accounts Payable', value: 'APPREPAYMENT', description: 'To a supplier' },
		{ name: 'Accounts Receivable', value: 'ARPREPAYMENT', description: 'From a customer' },
	],
});
