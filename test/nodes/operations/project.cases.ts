import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

const oneProject = async (ledger: Ledger): Promise<IDataObject> => {
	const response = await ledger.call('GET', '/projects.xro/2.0/Projects');
	const { items } = (await response.json()) as { items: IDataObject[] };
	return items[0] ?? {};
};

export const cases: ResourceCases = {
	get: {
		parameters: { project: picked('={{ $json.id }}') },
		prepare: oneProject,
		success: {
			item: ({ projectId }) => ({ id: projectId }),
			output: ({ projectId, name }) => ({ projectId, name, status: 'CLOSED' }),
		},
		validationError: { item: { id: 'Website' }, message: '"Website"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
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
