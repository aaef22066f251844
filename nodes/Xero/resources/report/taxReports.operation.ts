import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '',
	scope: 'accounting.reports.taxreports.read',
	own: [],
	flatten: ({ ReportID, ReportName, ReportType, ReportTitles, ReportDate }) => [
		{ ReportName, ReportTitles, ReportType, ReportDate, ReportID },
	],
});
