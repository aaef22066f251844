import { statusFilter, whereFilter } from '../../payroll/payrollFilters';
import { payRunKind } from '../../payroll/payRunKind';
import { payrollListOperation } from '../../payroll/payrollListOperation';

export const { description, request, execute } = payrollListOperation(payRunKind, [
	statusFilter('PayRunStatus', [
		{ name: 'Draft', value: 'Draft' },
		{ name: 'Posted', value: 'Posted' },
	]),
	whereFilter,
]);
