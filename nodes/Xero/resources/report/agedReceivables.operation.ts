import { contact, date, fromDate, toDate } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/AgedReceivablesByContact',
	scope: 'accounting.reports.aged.read',
	own: [contact, date],
	more: [fromDate, toDate],
});
