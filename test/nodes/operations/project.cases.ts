import { picked, type ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: {
			returnAll: true,
			filters: { contact: picked('={{ $json.contact }}'), states: 'INPROGRESS' },
		},
		success: {
			item: { contact: '' },
			output: { projectId: expect.any(String), status: 'INPROGRESS' },
		},
		validationError: { item: { contact: 'nobody' }, message: '"nobody"' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
