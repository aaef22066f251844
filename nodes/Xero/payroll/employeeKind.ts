import { recordLocator } from '../fields/recordLocator';
import type { PayrollKind } from './PayrollKind';

/** Simplified, it says nothing of what a person earns or owes, nor when and where they live. */
export const employeeKind: PayrollKind = {
	label: 'employee',
	name: 'Employees',
	scope: 'payroll.employees',
	idField: { '1.0': 'EmployeeID', '2.0': 'employeeID' },
	telling: {
		'1.0': [
			'FirstName',
			'LastName',
			'Email',
			'JobTitle',
			'Status',
			'StartDate',
			'TerminationDate',
			'UpdatedDateUTC',
			'EmployeeID',
			'PayrollCalendarID',
		],
		'2.0': [
			'firstName',
			'lastName',
			'email',
			'jobTitle',
			'startDate',
			'endDate',
			'updatedDateUTC',
			'employeeID',
			'payrollCalendarID',
		],
	},
};

export const employeeLocator = recordLocator({
	displayName: 'Employee',
	name: 'employee',
	searchListMethod: 'searchEmployees',
	noun: 'an employee',
	required: true,
});
