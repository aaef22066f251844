import type { PushWish } from './pushedOrganisation';

const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };

const two = (fieldsOf: (id: string) => Readonly<Record<string, unknown>>) =>
	['1', '2'].map((externalId) => ({ externalId, fields: fieldsOf(externalId) }));

/**
 * Two records of each kind that is pushed, of a customer `buyer`; where Xero asks for no number, alike but for their
 * external ids. In an order in which none names one that is not there yet.
 *
 * @param wave tells their numbers, names and external ids from those of other waves
 */
export function recordsOfEachKind(wave: string): readonly PushWish[] {
	const buyer = `${wave}-buyer`;
	const Contact = { externalId: buyer };
	const wishes: readonly PushWish[] = [
		{ records: [{ externalId: 'buyer', fields: { Name: `Person ${buyer}` } }] },
		{
			entity: 'invoice',
			records: two((id) => ({
				...{ Contact, Date: '2026-11-02', DueDate: '2026-12-02', Status: 'AUTHORISED' },
				...{ InvoiceNumber: `${wave}-${id}`, LineItems: [{ ...line, UnitAmount: 500 }] },
			})),
		},
		{
			entity: 'invoice',
			system: 'shop',
			records: two(() => ({
				...{ Contact: { Name: `Person ${buyer}` }, Date: '2026-11-02', DueDate: '2026-12-02' },
				LineItems: [line],
			})),
		},
		{
			entity: 'invoice',
			system: 'undated',
			records: two(() => ({ Contact: { Name: `Person ${buyer}` }, LineItems: [line] })),
		},
		{
			entity: 'bill',
			records: two(() => ({
				...{ Contact, Date: '2026-11-03', DueDate: '2026-12-03', InvoiceNumber: `B-${wave}` },
				LineItems: [line],
			})),
		},
		{
			entity: 'credit_note',
			records: two(() => ({
				...{ Type: 'ACCRECCREDIT', Contact, Date: '2026-11-04', LineItems: [line] },
			})),
		},
		{
			entity: 'bank_transaction',
			records: two(() => ({
				...{ Type: 'RECEIVE', Contact, Date: '2026-11-05', LineItems: [line] },
				BankAccount: { Code: '090' },
			})),
		},
		{
			entity: 'payment',
			records: two(() => ({
				...{ Invoice: { externalId: `${wave}-1` }, Account: { Code: '090' } },
				...{ Date: '2026-11-06', Amount: 100 },
			})),
		},
		{ entity: 'item', records: two((id) => ({ Code: `SKU-${wave}-${id}`, Name: `Thing ${id}` })) },
		{
			entity: 'account',
			records: two((id) => ({
				...{ Code: `${wave}${id}`, Name: `Costs ${wave} ${id}`, Type: 'EXPENSE' },
			})),
		},
		{
			entity: 'tax_rate',
			records: two((id) => ({
				...{ Name: `City tax ${wave} ${id}`, ReportTaxType: 'OUTPUT' },
				TaxComponents: [{ Name: 'City', Rate: 3 }],
			})),
		},
	];
	return wishes.map((wish) => ({
		...wish,
		records: wish.records.map((one) => ({ ...one, externalId: `${wave}-${one.externalId}` })),
	}));
}

/** Xero's lists of all of them. */
export const LISTS_OF_EACH_KIND = [
	...['Contacts', 'Invoices', 'CreditNotes', 'BankTransactions', 'Items'],
	...['Accounts', 'TaxRates', 'Payments'],
] as const;
