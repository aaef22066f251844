import type { Reply } from '../../http/Reply';
import { type ApiCall } from '../../resource/ApiResource';
import { comparisons, dayMonthsBefore, longDay, reportDay, shortMonth } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, sectionRow, summaryRow } from './reportRows';

/** The sandbox's organisations have no budgets: the report is there, and says nothing. */
export function budgetSummary(call: ApiCall): Reply {
	const dayMs = reportDay(call);
	const months = comparisons(call).map((ahead) => shortMonth(dayMonthsBefore(dayMs, -ahead)));
	const nothing = (name: string) =>
		sectionRow('', [summaryRow([name, ...months.map(() => '0.00')])]);
	return reportReply(call, {
		name: 'Budget Summary',
		type: 'BudgetSummary',
		subtitles: [`From ${longDay(dayMs)}`],
		rows: [
			headerRow(['Account', ...months]),
			nothing('Gross Profit'),
			nothing('Total Expenses'),
			nothing('Net Profit'),
		],
	});
}
