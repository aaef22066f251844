import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: {
			returnAll: true,
			simplify: false,
			filters: { afterNumber: '={{ $json.after }}' },
		},
		prepare: async (ledger) => {
			const { InvoiceID } = await ledger.put('Invoices', {
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
