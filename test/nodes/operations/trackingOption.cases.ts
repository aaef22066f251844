import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

/** A new option of the first category, with the ids as the node takes them. */
const oneOption = async (ledger: Ledger) => {
	const [category] = await ledger.get('TrackingCategories');
	const categoryId = String(category?.['TrackingCategoryID']);
	const { TrackingOptionID, Name } = await ledger.put(`TrackingCategories/${categoryId}/Options`, {
		Name: ledger.unique('Prepared option'),
	});
	return { categoryId, TrackingOptionID, Name, ids: `${categoryId}/${String(TrackingOptionID)}` };
};

const category = { trackingCategory: picked('={{ $json.id }}') };
const option = { trackingOption: picked('={{ $json.ids }}') };
const malformed = { item: { ids: 'Region: North' }, message: '"Region: North"' };
const unknown = { item: { ids: `${UNKNOWN_ID}/${UNKNOWN_ID}` }, message: /no record/ };

export const cases: ResourceCases = {
	create: {
		parameters: { ...category, name: '={{ $json.name }}' },
		prepare: oneOption,
		success: {
			item: ({ categoryId, Name }) => ({ id: categoryId, name: `${Name} too` }),
			output: ({ Name }) => ({ Name: `${Name} too`, Status: 'ACTIVE' }),
		},
		validationError: {
			item: ({ categoryId, Name }) => ({ id: categoryId, name: Name }),
			message: 'Please enter a unique Name.',
		},
		notFound: { item: { id: UNKNOWN_ID, name: 'North' }, message: /no record/ },
	},
	getAll: {
		parameters: { ...category, returnAll: true },
		prepare: oneOption,
		success: {
			item: ({ categoryId }) => ({ id: categoryId }),
			output: ({ categoryId }) => ({
				TrackingCategoryID: categoryId,
				TrackingOptionID: expect.any(String),
			}),
			then: ({ items, prepared }) => {
				expect(items.map(({ json }) => json['Name'])).toContain(prepared['Name']);
			},
		},
		validationError: { item: { id: 'Region' }, message: '"Region"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	update: {
		parameters: { ...option, updateFields: { name: '={{ $json.name }}', status: 'ARCHIVED' } },
		prepare: oneOption,
		success: {
			item: ({ ids, Name }) => ({ ids, name: `${Name} renamed` }),
			output: ({ TrackingOptionID, Name }) => ({
				TrackingOptionID,
				Name: `${Name} renamed`,
				Status: 'ARCHIVED',
			}),
		},
		validationError: malformed,
		notFound: unknown,
	},
	delete: {
		parameters: option,
		prepare: oneOption,
		success: {
			item: ({ ids }) => ({ ids }),
			output: ({ TrackingOptionID }) => ({ deleted: true, TrackingOptionID }),
			then: async ({ prepared, ledger }) => {
				const [left] = await ledger.get(`TrackingCategories/${String(prepared['categoryId'])}`);
				expect(JSON.stringify(left)).not.toContain(prepared['TrackingOptionID']);
			},
		},
		validationError: malformed,
		notFound: unknown,
	},
};
