import type { PayrollKind } from './PayrollKind';

export const payRunKind: PayrollKind = {
	label: 'pay run',
	name: 'PayRuns',
	scope: 'payroll.payruns',
	idField: { '1.0': 'PayRunID', '2.0': 'payRunID' },
	telling: {
		'1.0': [
			'PayRunPeriodStartDate',
			'PayRunPeriodEndDate',
			'NetPay',
			'PayRunStatus',
			'PaymentDate',
			'Wages',
			'Tax',
			'Super',
			'PayRunID',
			'PayrollCalendarID',
		],
		'2.0': [
			'periodStartDate',
			'periodEndDate',
			'totalPay',
			'payRunStatus',
			'paymentDate',
			'payRunType',
			'totalCost',
			'calendarType',
			'payRunID',
			'payrollCalendarID',
		],
	},
};
