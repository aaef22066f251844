import { date, paymentsOnly } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/TrialBalance',
	scope: 'accounting.reports.trialbalance.read',
	own: [date],
	more: [paymentsOnly],
});
