import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const employee = defineResource({
	title: 'Employee',
	value: 'employee',
	operations: { get, getAll },
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get employee',
			description: 'Get an employee of the payroll by their ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many employees',
			description: 'List the employees of the payroll',
		},
	],
	default: 'getAll',
	returnable: `
		Classification Email EmployeeGroupName FirstName HomeAddress JobTitle LastName MiddleNames
		Mobile PayrollCalendarID Phone StartDate Status TerminationDate Title UpdatedDateUTC
		address createdDateUTC email endDate engagementType firstName isOffPayrollWorker jobTitle
		lastName payrollCalendarID phoneNumber startDate title updatedDateUTC
	`,
});
