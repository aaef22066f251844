import { statusFilter, whereFilter } from '../../payroll/payrollFilters';
import type { PayrollKind } from '../../payroll/PayrollKind';
import { payrollListOperation } from '../../payroll/payrollListOperation';

const payRunKind: PayrollKind = {
	label: 'pay run',
	name: 'PayRuns',
	scope: 'payroll.payruns',
	telling: {
		'1.0': [
			'PayRunID',
			'PayRunPeriodStartDate',
			'PayRunPeriodEndDate',
			'PaymentDate',
			'PayRunStatus',
			'Wages',
			'Tax',
			'Super',
			'NetPay',
			'PayrollCalendarID',
		],
		'2.0': [
			'payRunID',
			'periodStartDate',
			'periodEndDate',
			'paymentDate',
			'payRunStatus',
			'payRunType',
			'totalCost',
			'totalPay',
			'calendarType',
			'payrollCalendarID',
		],
	},
};

export const { description, request, execute } = payrollListOperation(payRunKind, [
	statusFilter('PayRunStatus', [
		{ name: 'Draft', value: 'Draft' },
		{ name: 'Posted', value: 'Posted' },
	]),
	whereFilter,
]);
