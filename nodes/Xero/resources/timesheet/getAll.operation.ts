import { employeeLocator } from '../../payroll/employeeKind';
import {
	employeeFilter,
	endFilter,
	startFilter,
	statusFilter,
	whereFilter,
} from '../../payroll/payrollFilters';
import { timesheetKind } from '../../payroll/timesheetKind';
import { payrollListOperation } from '../../payroll/payrollListOperation';

export const { description, request, execute } = payrollListOperation(timesheetKind, [
	employeeFilter({
		...employeeLocator.field('Only timesheets of this employee'),
		required: false,
	}),
	statusFilter('Status', [
		{ name: 'Approved', value: 'Approved' },
		{ name: 'Completed (New Zealand, United Kingdom)', value: 'Completed' },
		{ name: 'Draft', value: 'Draft' },
		{ name: 'Processed (Australia)', value: 'Processed' },
		{ name: 'Rejected (Australia)', value: 'Rejected' },
		{ name: 'Requested (Australia, New Zealand)', value: 'Requested' },
	]),
	startFilter('Starts On or After', 'StartDate'),
	endFilter('Ends On or Before', 'EndDate'),
	whereFilter,
]);
