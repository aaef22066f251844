import { nameFilter, updatedSinceFilter, whereFilter } from '../../payroll/payrollFilters';
import { payrollListOperation } from '../../payroll/payrollListOperation';
import { employeeKind } from '../../payroll/employeeKind';

export const { description, request, execute } = payrollListOperation(employeeKind, [
	nameFilter('First Name', 'firstName', 'FirstName'),
	nameFilter('Last Name', 'lastName', 'LastName'),
	updatedSinceFilter,
	whereFilter,
]);
