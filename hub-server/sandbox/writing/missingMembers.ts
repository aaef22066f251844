import type { Element } from './readElements';

/**
 * Members that Xero's OpenAPI file calls required (of repeating invoices: Xero's page), in changes and
 * deletions as in new records. Whether the live API insists is not known; the fault `strictRequired` does.
 */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
	Allocations: ['Amount', 'Invoice', 'Date'],
	BankTransactions: ['Type', 'LineItems', 'BankAccount'],
	Items: ['Code'],
	ManualJournals: ['Narration'],
	RepeatingInvoices: [
		'Type',
		'Contact',
		'Schedule',
		'LineItems',
		'LineAmountTypes',
		'CurrencyCode',
		'Status',
	],
};

/** The required members that an element lacks. A repeating invoice is deleted by its status alone. */
export function missingMembers(collection: string, element: Element): readonly string[] {
	if (collection === 'RepeatingInvoices' && element['Status'] === 'DELETED') return [];
	return (REQUIRED[collection] ?? []).filter(
		(name) => element[name] === undefined || element[name] === null,
	);
}
