import type { ApiCall } from '../../resource/ApiResource';
import type { Books } from '../../world/Books';
import type { Table, TableRow } from '../../world/Table';

/** A kind of record with history, attachments or a printed form below its address. */
export interface Host {
	/** Path segment of the kind. */
	readonly name: string;
	/** What opens its history; attachments have a scope of their own. */
	readonly scopes: readonly string[];
	readonly rows: (books: Books) => Table<TableRow>;
	readonly history: boolean;
	readonly attachments: boolean;
}

const both = { history: true, attachments: true } as const;
const historyOnly = { history: true, attachments: false } as const;
const payments = ['accounting.payments'];
const bank = ['accounting.banktransactions'];
const invoices = ['accounting.invoices'];

/** Xero's hosts; Receipts and ExpenseClaims end with Classic Expenses and are not here. */
export const hosts: readonly Host[] = [
	{
		name: 'Accounts',
		scopes: ['accounting.settings'],
		rows: ({ accounts }) => table(accounts),
		history: false,
		attachments: true,
	},
	{
		name: 'BankTransactions',
		scopes: bank,
		rows: ({ bankTransactions }) => table(bankTransactions),
		...both,
	},
	{
		name: 'BankTransfers',
		scopes: bank,
		rows: ({ bankTransfers }) => table(bankTransfers),
		...both,
	},
	{
		name: 'BatchPayments',
		scopes: payments,
		rows: ({ batchPayments }) => table(batchPayments),
		...historyOnly,
	},
	{
		name: 'Contacts',
		scopes: ['accounting.contacts'],
		rows: ({ contacts }) => table(contacts),
		...both,
	},
	{ name: 'CreditNotes', scopes: invoices, rows: ({ creditNotes }) => table(creditNotes), ...both },
	{ name: 'Invoices', scopes: invoices, rows: (books) => table(books.invoices), ...both },
	{
		name: 'Items',
		scopes: ['accounting.invoices', 'accounting.settings'],
		rows: ({ items }) => table(items),
		...historyOnly,
	},
	{
		name: 'ManualJournals',
		scopes: ['accounting.manualjournals'],
		rows: ({ manualJournals }) => table(manualJournals),
		...both,
	},
	{
		name: 'Overpayments',
		scopes: payments,
		rows: ({ overpayments }) => table(overpayments),
		...historyOnly,
	},
	{ name: 'Payments', scopes: payments, rows: (books) => table(books.payments), ...historyOnly },
	{
		name: 'Prepayments',
		scopes: payments,
		rows: ({ prepayments }) => table(prepayments),
		...historyOnly,
	},
	{
		name: 'PurchaseOrders',
		scopes: invoices,
		rows: ({ purchaseOrders }) => table(purchaseOrders),
		...both,
	},
	{ name: 'Quotes', scopes: invoices, rows: ({ quotes }) => table(quotes), ...both },
	{
		name: 'RepeatingInvoices',
		scopes: invoices,
		rows: ({ repeatingInvoices }) => table(repeatingInvoices),
		...both,
	},
];

/** The record that the path names, if the organisation has it. */
export function hostRecord({ books, params }: ApiCall, { rows }: Host): TableRow | undefined {
	return rows(books).get(params['id']?.toLowerCase() ?? '');
}

/** Only ids are of interest here. */
function table<Row extends TableRow>(rows: Table<Row>): Table<TableRow> {
	return rows;
}
