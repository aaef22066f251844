import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: { limit: '={{ $json.limit }}' },
		prepare: async ({ tenantId }) => ({ tenantId }),
		success: {
			item: { limit: 5 },
			output: ({ tenantId }) => ({ tenantId, name: 'Demo Company (NZ)' }),
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'the list has what is connected and nothing else' },
	},
};
