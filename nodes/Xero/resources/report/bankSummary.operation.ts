import { fromDate, toDate } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/BankSummary',
	scope: 'accounting.reports.banksummary.read',
	own: [fromDate, toDate],
});
