import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	create: {
		parameters: { code: '={{ $json.code }}' },
		// Each run needs a currency that the organisation has not got yet.
		prepare: async (ledger) => {
			const known = (await ledger.get('Currencies')).map(({ Code }) => Code);
			return {
				free: ['EUR', 'CAD', 'SGD', 'FJD', 'CHF', 'JPY'].find((code) => !known.includes(code)),
			};
		},
		success: {
			item: ({ free }) => ({ code: String(free).toLowerCase() }),
			output: ({ free }) => ({ Code: free, Description: expect.any(String) }),
		},
		validationError: { item: { code: 'Euro' }, message: 'Code is no currency code: "Euro"' },
		notFound: { notApplicable: 'a new currency refers to no other record' },
	},
	getAll: {
		parameters: { filters: { code: '={{ $json.code }}', where: '={{ $json.where }}' } },
		success: {
			item: { code: 'NZD', where: '' },
			output: { Code: 'NZD', Description: 'New Zealand Dollar' },
		},
		validationError: { item: { code: '', where: 'Code==' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
