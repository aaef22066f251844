import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
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
