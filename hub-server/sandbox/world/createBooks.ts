import type { Books } from './Books';
import { nameKey } from './nameKey';
import { Table } from './Table';

/** Empty books, with the natural keys by which Xero finds records. */
export function createBooks(): Books {
	return {
		contacts: new Table({
			activeName: ({ name, status }) => (status === 'ACTIVE' ? nameKey(name) : undefined),
			number: ({ number }) => number?.toLowerCase(),
			activeAccountNumber: ({ fields, status }) =>
				status === 'ACTIVE' && typeof fields['AccountNumber'] === 'string'
					? fields['AccountNumber'].trim().toLowerCase() || undefined
					: undefined,
		}),
		invoices: new Table(
			{
				salesNumber: ({ type, number, status }) =>
					type === 'ACCREC' && status !== 'DELETED' ? number.toLowerCase() : undefined,
			},
			{ contact: ({ contactId }) => contactId },
		),
		repeatingInvoices: new Table(),
		creditNotes: new Table({
			salesNumber: ({ type, number, status }) =>
				type === 'ACCRECCREDIT' && status !== 'DELETED' ? number.toLowerCase() : undefined,
		}),
		prepayments: new Table(),
		overpayments: new Table(),
		allocations: new Table(
			{},
			{ credit: ({ creditId }) => creditId, invoice: ({ invoiceId }) => invoiceId },
		),
		payments: new Table(
			{},
			{
				document: ({ documentId }) => documentId,
				batch: ({ batchPaymentId }) => batchPaymentId ?? '',
			},
		),
		batchPayments: new Table(),
		accounts: new Table({ code: ({ code }) => code?.toLowerCase() }),
		taxRates: new Table(),
		items: new Table({ code: ({ code }) => code.toLowerCase() }),
		currencies: new Table(),
		brandingThemes: new Table(),
		trackingCategories: new Table(),
		users: new Table(),
		bankTransactions: new Table(),
		bankTransfers: new Table(),
		manualJournals: new Table(),
		journals: new Table(
			{ number: ({ number }) => String(number) },
			{ source: ({ sourceId }) => sourceId },
		),
		linkedTransactions: new Table(),
		budgets: new Table(),
		paymentServices: new Table(),
		quotes: new Table({
			number: ({ number, status }) => (status === 'DELETED' ? undefined : number.toLowerCase()),
		}),
		purchaseOrders: new Table({ number: ({ number }) => number.toLowerCase() }),
		feedConnections: new Table(),
		bankStatements: new Table(),
		storedFiles: new Table(),
		folders: new Table(),
		contactGroups: new Table(),
		history: new Table(),
		files: new Table(),
		counters: new Map(),
	};
}
