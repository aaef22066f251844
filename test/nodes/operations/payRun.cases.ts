import type { ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: {
			limit: '={{ $json.limit }}',
			payroll: '={{ $json.payroll ?? "organisation" }}',
			filters: { status: 'Posted' },
		},
		success: {
			item: { limit: 2 },
			output: {
				payRunID: expect.any(String),
				periodStartDate: '2026-08-03',
				payRunStatus: 'Posted',
				totalPay: expect.any(Number),
			},
			then({ items }) {
				expect(items).toHaveLength(2);
			},
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { item: { limit: 1, payroll: '1.0' }, message: 'does not open the payroll' },
	},
};
