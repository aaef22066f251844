import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	get: {
		parameters: {
			budget: picked('={{ $json.id }}'),
			dateFrom: '={{ $json.from }}',
			dateTo: '={{ $json.to }}',
			options: { simplify: true },
		},
		prepare: async (ledger) => ({ ...(await ledger.get('Budgets'))[1] }),
		success: {
			item: ({ BudgetID }) => {
				const year = new Date().getUTCFullYear();
				return { id: BudgetID, from: `${year}-11-01`, to: `${year}-12-31` };
			},
			output: ({ BudgetID }) => ({
				BudgetID,
				Type: 'TRACKING',
				TrackingNames: ['Region: North'],
				Amounts: expect.arrayContaining([
					expect.objectContaining({ AccountCode: '200', Amount: 4_000 }),
					expect.objectContaining({ AccountCode: '200', Amount: 6_000, Notes: 'Holiday season' }),
				]),
			}),
		},
		validationError: {
			item: ({ BudgetID }) => ({ id: BudgetID, from: '2026-01-01', to: '2029-01-01' }),
			message: 'A maximum of 24 months can be requested',
		},
		notFound: { item: { id: UNKNOWN_ID, from: '', to: '' }, message: /no record/ },
	},
	getAll: {
		parameters: { returnAll: true, filters: { ids: '={{ $json.ids }}' } },
		prepare: async (ledger) => ({ ...(await ledger.get('Budgets'))[0] }),
		success: {
			item: ({ BudgetID }) => ({ ids: BudgetID }),
			output: ({ BudgetID }) => ({ BudgetID, Description: 'Overall Budget' }),
		},
		validationError: { item: { ids: 'Overall' }, message: '"Overall"' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
