import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	create: {
		parameters: { name: '={{ $json.name }}' },
		prepare: async (ledger) => ({ name: ledger.unique('Contracts') }),
		success: {
			item: ({ name }) => ({ name }),
			output: ({ name }) => ({ Name: name, FileCount: 0, IsInbox: false }),
		},
		validationError: {
			item: { name: 'a/b' },
			message: 'Name contains one or more bad characters',
		},
		notFound: { notApplicable: 'a new folder refers to no record' },
	},
	getAll: {
		parameters: { limit: '={{ $json.limit }}' },
		success: {
			item: { limit: 1 },
			output: { Name: 'Inbox', IsInbox: true },
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'a list names no record' },
	},
};
