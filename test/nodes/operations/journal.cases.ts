import type { Ledger } from './ledgerOfSandbox';
import type { ResourceCases } from './OperationCases';

const oneInvoice = async (ledger: Ledger) =>
	await ledger.put('Invoices', {
		Invoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ridgeway University' },
				DueDate: '2026-11-30',
				LineItems: [{ Description: 'Desk', UnitAmount: 100, AccountCode: '200' }],
			},
		],
	});

export const cases: ResourceCases = {
	get: {
		parameters: { journal: '={{ $json.journal }}' },
		prepare: async (ledger) => {
			await oneInvoice(ledger);
			const [first] = await ledger.get('Journals');
			return { number: first?.['JournalNumber'], id: first?.['JournalID'] };
		},
		success: {
			item: ({ number }) => ({ journal: number }),
			output: ({ number, id }) => ({ JournalNumber: number, JournalID: id }),
		},
		validationError: { item: { journal: 'the last' }, message: '"the last"' },
		notFound: { item: { journal: '999999' }, message: 'Xero has no journal 999999' },
	},
	getAll: {
		parameters: {
			returnAll: true,
			simplify: false,
			filters: { afterNumber: '={{ $json.after }}' },
		},
		prepare: async (ledger) => {
			const { InvoiceID } = await oneInvoice(ledger);
			return { InvoiceID };
		},
		success: {
			item: { after: '1' },
			output: { JournalNumber: 2, JournalLines: expect.any(Array) },
			then: ({ items, prepared }) => {
				expect(items.map(({ json }) => json['SourceID'])).toContain(prepared['InvoiceID']);
			},
		},
		validationError: {
			item: { after: 'the last' },
			message: 'After Journal Number is not a whole number: "the last"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
