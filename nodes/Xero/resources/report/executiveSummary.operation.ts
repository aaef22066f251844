import { date } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/ExecutiveSummary',
	scope: 'accounting.reports.executivesummary.read',
	own: [date],
});
