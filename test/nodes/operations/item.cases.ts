import { historyCases } from './historyCases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneItem = async (ledger: Ledger) =>
	await ledger.put('Items', {
		Items: [
			{
				Code: ledger.unique('PREP').replace(' ', '-'),
				Name: 'Prepared',
				SalesDetails: { UnitPrice: 10, AccountCode: '200' },
			},
		],
	});

const named = { item: picked('={{ $json.id }}') };

export const cases: ResourceCases = {
	create: {
		parameters: {
			code: '={{ $json.code }}',
			additionalFields: {
				name: 'Screw',
				salesDetails: { details: { unitPrice: '0.1275', accountCode: picked('200') } },
			},
		},
		prepare: oneItem,
		success: {
			item: ({ Code }) => ({ code: `${Code}-2` }),
			output: { Name: 'Screw', SalesDetails: { UnitPrice: 0.1275, AccountCode: '200' } },
		},
		validationError: {
			item: ({ Code }) => ({ code: Code }),
			message: /Price List Item with Code '.*' already exists/,
		},
		notFound: { notApplicable: 'a new item refers to no other record' },
	},
	upsert: {
		parameters: { code: '={{ $json.code }}', additionalFields: { name: '={{ $json.name }}' } },
		prepare: oneItem,
		success: {
			item: ({ Code }) => ({ code: Code, name: 'Renamed' }),
			output: ({ ItemID }) => ({ ItemID, Name: 'Renamed' }),
		},
		validationError: {
			item: ({ Code }) => ({ code: Code, name: 'x'.repeat(51) }),
			message: 'Name must not be longer than 50 characters',
		},
		notFound: { notApplicable: 'an item that is not there is created' },
	},
	get: {
		parameters: named,
		prepare: oneItem,
		success: {
			item: ({ ItemID }) => ({ id: ItemID }),
			output: ({ ItemID, Code }) => ({ ItemID, Code }),
		},
		validationError: { item: { id: 'GB1' }, message: '"GB1"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: { filters: { code: '={{ $json.code }}', where: '={{ $json.where }}' } },
		prepare: oneItem,
		success: {
			item: ({ Code }) => ({ code: Code, where: '' }),
			output: ({ ItemID }) => ({ ItemID, SalesUnitPrice: 10 }),
		},
		validationError: { item: { code: '', where: 'Code===1' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: {
			...named,
			updateFields: {
				salesDetails: { details: { accountCode: picked('={{ $json.account }}') } },
			},
		},
		prepare: oneItem,
		success: {
			item: ({ ItemID }) => ({ id: ItemID, account: '260' }),
			output: ({ ItemID }) => ({ ItemID, SalesDetails: { UnitPrice: 10, AccountCode: '260' } }),
		},
		validationError: {
			item: ({ ItemID }) => ({ id: ItemID, account: '999' }),
			message: "Account code '999' is not a valid code for this document.",
		},
		notFound: { item: { id: UNKNOWN_ID, account: '260' }, message: UNKNOWN_ID },
	},
	delete: {
		parameters: named,
		prepare: oneItem,
		success: {
			item: ({ ItemID }) => ({ id: ItemID }),
			output: ({ ItemID }) => ({ deleted: true, ItemID }),
			then: async ({ prepared, ledger }) => {
				expect(await ledger.get(`Items/${String(prepared['ItemID'])}`)).toEqual([]);
			},
		},
		validationError: { item: { id: 'GB1' }, message: '"GB1"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	...historyCases('item', 'ItemID', oneItem),
};
