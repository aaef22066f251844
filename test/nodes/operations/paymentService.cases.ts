import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: { limit: '={{ $json.limit }}' },
		success: {
			item: { limit: 5 },
			output: { PaymentServiceName: 'PayPal', PaymentServiceType: 'PayPal' },
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
