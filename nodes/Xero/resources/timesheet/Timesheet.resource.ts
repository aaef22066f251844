import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const timesheet = defineResource({
	title: 'Timesheet',
	value: 'timesheet',
	operations: { getAll },
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many timesheets',
			description: 'List the timesheets of employees',
		},
	],
	default: 'getAll',
	returnable: `
		EmployeeID EndDate Hours StartDate Status TimesheetLines UpdatedDateUTC employeeID endDate
		payrollCalendarID startDate status totalHours updatedDateUTC
	`,
});
