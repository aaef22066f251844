import { employeeKind } from '../../payroll/employeeKind';
import { nameFilter, updatedSinceFilter, whereFilter } from '../../payroll/payrollFilters';
import { payrollListOperation } from '../../payroll/payrollListOperation';

export const { description, request, execute } = payrollListOperation(employeeKind, [
	nameFilter('First Name', 'firstName', 'FirstName'),
	nameFilter('Last Name', 'lastName', 'LastName'),
	updatedSinceFilter,
	whereFilter,
]);
