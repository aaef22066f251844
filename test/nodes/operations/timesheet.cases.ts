import { oneEmployee } from './employee.cases';
import { picked, type ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	getAll: {
		parameters: {
			returnAll: true,
			payroll: '={{ $json.payroll ?? "organisation" }}',
			filters: {
				employee: picked('={{ $json.id }}'),
				status: 'Completed',
				startDate: '2026-08-10',
				endDate: '2026-08-23',
			},
		},
		prepare: oneEmployee,
		success: {
			item: ({ employeeID }) => ({ id: employeeID }),
			output: ({ employeeID }) => ({
				employeeID,
				startDate: '2026-08-10',
				endDate: '2026-08-16',
				totalHours: expect.any(Number),
			}),
			then({ items }) {
				expect(items).toHaveLength(2);
			},
		},
		validationError: { item: { id: 'Aroha' }, message: '"Aroha"' },
		notFound: {
			item: ({ employeeID }) => ({ id: employeeID, payroll: '1.0' }),
			message: 'does not open the payroll',
		},
	},
};
