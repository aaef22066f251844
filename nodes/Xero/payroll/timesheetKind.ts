import type { PayrollKind } from './PayrollKind';

export const timesheetKind: PayrollKind = {
	label: 'timesheet',
	name: 'Timesheets',
	scope: 'payroll.timesheets',
	idField: { '1.0': 'TimesheetID', '2.0': 'timesheetID' },
	telling: {
		'1.0': [
			'StartDate',
			'EndDate',
			'Hours',
			'Status',
			'UpdatedDateUTC',
			'TimesheetID',
			'EmployeeID',
		],
		'2.0': [
			'startDate',
			'endDate',
			'totalHours',
			'status',
			'updatedDateUTC',
			'timesheetID',
			'employeeID',
			'payrollCalendarID',
		],
	},
};
