import { recordLocator } from '../fields/recordLocator';
import type { PayrollKind } from './PayrollKind';

/** Simplified, it says nothing of what a person earns or owes, nor when and where they live. */
export const employeeKind: PayrollKind = {
	label: 'employee',
	name: 'Employees',
	scope: 'payroll.employees',
	telling: {
		'1.0': [
			'EmployeeID',
			'FirstName',
			'LastName',
			'Email',
			'JobTitle',
			'Status',
			'StartDate',
			'TerminationDate',
			'PayrollCalendarID',
			'UpdatedDateUTC',
		],
		'2.0': [
			'employeeID',
			'firstName',
			'lastName',
			'email',
			'jobTitle',
			'startDate',
			'endDate',
			'payrollCalendarID',
			'updatedDateUTC',
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
