import type { Books } from './Books';
import { Table } from './Table';

/** Empty books, with the natural keys by which Xero finds records. */
export function createBooks(): Books {
	return {
		contacts: new Table({
			activeName: ({ name, status }) =>
				status === 'ACTIVE' ? name.trim().toLowerCase() : undefined,
			number: ({ number }) => number?.toLowerCase(),
		}),
		invoices: new Table(
			{
				salesNumber: ({ type, number, status }) =>
					type === 'ACCREC' && status !== 'DELETED' ? number.toLowerCase() : undefined,
			},
			{ contact: ({ contactId }) => contactId },
		),
		accounts: new Table({ code: ({ code }) => code?.toLowerCase() }),
		taxRates: new Table(),
		items: new Table({ code: ({ code }) => code.toLowerCase() }),
		currencies: new Table(),
		brandingThemes: new Table(),
		trackingCategories: new Table(),
		users: new Table(),
		counters: new Map(),
	};
}
