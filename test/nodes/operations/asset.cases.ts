import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: {
			status: 'REGISTERED',
			limit: '={{ $json.limit }}',
			filters: { filterBy: 'FA-' },
		},
		success: {
			item: { limit: 2 },
			output: { assetId: expect.any(String), assetStatus: 'Registered', assetNumber: 'FA-0002' },
			then({ items }) {
				expect(items).toHaveLength(2);
			},
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
