import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	send: {
		parameters: {
			method: 'GET',
			path: '={{ $json.path }}',
			queryParameters: {
				parameter: [
					{ name: 'page', value: '1' },
					{ name: 'pageSize', value: '10' },
				],
			},
			answer: 'records',
			returnAll: true,
		},
		success: {
			item: { path: 'Contacts' },
			output: { ContactID: expect.any(String), UpdatedDateUTC: expect.stringMatching(/Z$/) },
			then: async ({ items, ledger }) => {
				expect(items.length).toBeGreaterThan(10);
				expect(items).toHaveLength((await ledger.get('Contacts')).length);
			},
		},
		validationError: {
			item: { path: 'https://example.com/api.xro/2.0/Contacts' },
			message: 'Path leads away from Xero',
		},
		notFound: { item: { path: 'Nothing' }, message: /no record|cannot be found/ },
	},
};
