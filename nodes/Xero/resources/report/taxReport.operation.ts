import { reportId } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/{ID}',
	scope: 'accounting.reports.taxreports.read',
	own: [reportId],
});
