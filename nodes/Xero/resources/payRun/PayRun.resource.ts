import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const payRun = defineResource({
	title: 'Pay Run',
	value: 'payRun',
	operations: { getAll },
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many pay runs',
			description: 'List the pay runs',
		},
	],
	default: 'getAll',
	returnable: `
		Deductions NetPay PayRunPeriodEndDate PayRunPeriodStartDate PayRunStatus PaymentDate
		PayrollCalendarID Reimbursement Super Tax UpdatedDateUTC Wages calendarType payRunStatus
		payRunType paymentDate payrollCalendarID periodEndDate periodStartDate postedDateTime
		totalCost totalPay
	`,
});
