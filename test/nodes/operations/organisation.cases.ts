import type { ResourceCases } from './OperationCases';

const nothing = {
	validationError: { notApplicable: 'there is no field that could be wrong' },
	notFound: { notApplicable: 'an organisation that is not connected is refused as such' },
} as const;

export const cases: ResourceCases = {
	get: {
		parameters: {},
		success: { item: {}, output: { Name: 'Demo Company (NZ)', BaseCurrency: 'NZD' } },
		...nothing,
	},
	getApiBudget: {
		parameters: {},
		success: {
			item: {},
			output: {
				Name: 'Demo Company (NZ)',
				callsLeftToday: expect.any(Number),
				callsLeftThisMinute: expect.any(Number),
				appCallsLeftThisMinute: expect.any(Number),
			},
		},
		...nothing,
	},
	getPermittedActions: {
		parameters: {},
		success: { item: {}, output: { Name: 'CreateApprovedInvoice', Status: 'ALLOWED' } },
		...nothing,
	},
};
