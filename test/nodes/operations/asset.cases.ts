import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

const oneAsset = async (ledger: Ledger): Promise<IDataObject> => {
	const response = await ledger.call('GET', '/assets.xro/1.0/Assets?status=DRAFT');
	const { items } = (await response.json()) as { items: IDataObject[] };
	return items[0] ?? {};
};

export const cases: ResourceCases = {
	get: {
		parameters: { asset: picked('={{ $json.id }}') },
		prepare: oneAsset,
		success: {
			item: ({ assetId }) => ({ id: assetId }),
			output: ({ assetId, assetNumber }) => ({ assetId, assetNumber, assetStatus: 'Draft' }),
		},
		validationError: { item: { id: 'FA-0001' }, message: '"FA-0001"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
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
