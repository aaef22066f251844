import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	get: {
		parameters: {},
		success: { item: {}, output: { Enabled: false } },
		validationError: { notApplicable: 'there is nothing to fill in' },
		notFound: { notApplicable: 'every organisation has its one setting' },
	},
};
