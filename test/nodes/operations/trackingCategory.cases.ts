import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

/** One archived category: two active ones are the most, and four in all. */
const oneCategory = async (ledger: Ledger) => {
	await keepOne(ledger);
	const { TrackingCategoryID, Name } = await ledger.put('TrackingCategories', {
		Name: ledger.unique('Prepared category'),
	});
	await ledger.post(`TrackingCategories/${String(TrackingCategoryID)}`, { Status: 'ARCHIVED' });
	return { TrackingCategoryID, Name };
};

/** Makes room: every category but the first goes. */
const keepOne = async (ledger: Ledger) => {
	const [first, ...others] = await ledger.get('TrackingCategories?includeArchived=true');
	for (const { TrackingCategoryID } of others) {
		await ledger.call('DELETE', `/api.xro/2.0/TrackingCategories/${String(TrackingCategoryID)}`);
	}
	return { first: first?.['Name'] };
};

const named = { trackingCategory: picked('={{ $json.id }}') };
const malformed = { item: { id: 'Region' }, message: '"Region"' };
const unknown = { item: { id: UNKNOWN_ID }, message: /no record/ };

export const cases: ResourceCases = {
	create: {
		parameters: { name: '={{ $json.name }}' },
		prepare: keepOne,
		success: {
			item: { name: 'Department' },
			output: { Name: 'Department', Status: 'ACTIVE', Options: [] },
		},
		validationError: {
			item: ({ first }) => ({ name: first }),
			message: 'Please enter a unique Name.',
		},
		notFound: { notApplicable: 'a new category refers to no other record' },
	},
	get: {
		parameters: named,
		prepare: oneCategory,
		success: {
			item: ({ TrackingCategoryID }) => ({ id: TrackingCategoryID }),
			output: ({ TrackingCategoryID, Name }) => ({ TrackingCategoryID, Name }),
		},
		validationError: malformed,
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: {
				includeArchived: true,
				name: '={{ $json.name }}',
				where: '={{ $json.where }}',
			},
		},
		prepare: oneCategory,
		success: {
			item: ({ Name }) => ({ name: Name, where: '' }),
			output: ({ Name }) => ({ Name, Status: 'ARCHIVED', OptionNames: [] }),
		},
		validationError: { item: { name: '', where: 'Name=' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: { ...named, updateFields: { name: '={{ $json.name }}' } },
		prepare: async (ledger) => ({ ...(await oneCategory(ledger)), ...(await firstName(ledger)) }),
		success: {
			item: ({ TrackingCategoryID }) => ({ id: TrackingCategoryID, name: 'Renamed' }),
			output: ({ TrackingCategoryID }) => ({ TrackingCategoryID, Name: 'Renamed' }),
		},
		validationError: {
			item: ({ TrackingCategoryID, first }) => ({ id: TrackingCategoryID, name: first }),
			message: 'Please enter a unique Name.',
		},
		notFound: { item: { id: UNKNOWN_ID, name: 'Renamed' }, message: /no record/ },
	},
	delete: {
		parameters: named,
		prepare: oneCategory,
		success: {
			item: ({ TrackingCategoryID }) => ({ id: TrackingCategoryID }),
			output: ({ TrackingCategoryID }) => ({ deleted: true, TrackingCategoryID }),
			then: async ({ prepared, ledger }) => {
				const id = String(prepared['TrackingCategoryID']);
				expect(await ledger.get(`TrackingCategories/${id}`)).toEqual([]);
			},
		},
		validationError: malformed,
		notFound: unknown,
	},
};

async function firstName(ledger: Ledger) {
	return { first: (await ledger.get('TrackingCategories'))[0]?.['Name'] };
}
