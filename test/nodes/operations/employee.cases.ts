import type { IDataObject } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

/** The ledger's organisation is in New Zealand. */
export const oneEmployee = async (ledger: Ledger): Promise<IDataObject> => {
	const response = await ledger.call('GET', '/payroll.xro/2.0/Employees');
	const { employees } = (await response.json()) as { employees: IDataObject[] };
	return employees[0] ?? {};
};

export const cases: ResourceCases = {
	get: {
		parameters: { employee: picked('={{ $json.id }}') },
		prepare: oneEmployee,
		success: {
			item: ({ employeeID }) => ({ id: employeeID }),
			output: ({ employeeID, firstName }) => ({
				employeeID,
				firstName,
				jobTitle: expect.any(String),
				startDate: '2026-01-01',
				updatedDateUTC: '2026-01-02T09:30:00Z',
			}),
			then({ items }) {
				expect(items[0]?.json).not.toHaveProperty('dateOfBirth');
			},
		},
		validationError: { item: { id: 'Aroha' }, message: '"Aroha"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getAll: {
		parameters: {
			returnAll: true,
			payroll: '={{ $json.payroll ?? "organisation" }}',
			simplify: false,
			filters: { firstName: '={{ $json.first }}', updatedSince: '2026-01-01T00:00:00Z' },
		},
		prepare: oneEmployee,
		success: {
			item: ({ firstName }) => ({ first: firstName }),
			output: ({ employeeID }) => ({ employeeID, dateOfBirth: expect.stringMatching(/^\d{4}-/) }),
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: {
			item: { first: 'A, B' },
			message: 'First Name has a comma or an equals sign',
		},
		notFound: { item: { payroll: '1.0', first: 'A' }, message: 'does not open the payroll' },
	},
};
