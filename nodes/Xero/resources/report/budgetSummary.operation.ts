import { budgetTimeframe, date, periods } from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/BudgetSummary',
	scope: 'accounting.reports.budgetsummary.read',
	own: [date],
	more: [periods, budgetTimeframe],
});
