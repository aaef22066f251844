import type { Reply } from '../../http/Reply';
import { type ApiCall } from '../../resource/ApiResource';
import type { Books } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import { monthOf } from '../budget/budgetMonths';
import { incomeAndCosts } from './incomeAndCosts';
import type { Balances } from './ledgerBalances';
import { comparisons, dayMonthsBefore, longDay, reportDay, shortMonth } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, summaryRow } from './reportRows';

/** The overall budget, column by column: as many months in each as the timeframe has. */
export function budgetSummary(call: ApiCall): Reply {
	const { books } = call;
	const dayMs = reportDay(call);
	const starts = comparisons(call);
	const monthsEach = starts[1] ?? 1;
	const days = starts.map((ahead) => dayMonthsBefore(dayMs, -ahead));
	const columns = days.map((ms) => budgeted(books, ms, monthsEach));
	const { income, direct, other, expenses, gross, net } = incomeAndCosts(books, columns);
	const result = (name: string, amounts: readonly Cents[]) =>
		sectionRow('', [summaryRow([name, ...amounts.map(money)])]);

	return reportReply(call, {
		name: 'Budget Summary',
		type: 'BudgetSummary',
		subtitles: [`From ${longDay(dayMs)}`],
		rows: [
			headerRow(['Account', ...days.map(shortMonth)]),
			...income.rows,
			...direct.rows,
			result('Gross Profit', gross),
			...other.rows,
			...expenses.rows,
			result('Total Expenses', expenses.totals),
			result('Net Profit', net),
		],
	});
}

/** By account, as the ledger has it: income below zero. */
function budgeted({ budgets, accounts }: Books, fromMs: number, count: number): Balances {
	const months = Array.from({ length: count }, (_, ahead) =>
		monthOf(dayMonthsBefore(fromMs, -ahead)),
	);
	const overall = [...budgets.values()].find(({ type }) => type === 'OVERALL');
	return new Map(
		(overall?.lines ?? []).map(({ accountId, balances }) => {
			const sign = accounts.get(accountId)?.class === 'REVENUE' ? -1 : 1;
			const amount = balances
				.filter(({ month }) => months.includes(month))
				.reduce((sum, balance) => sum + balance.amount, 0);
			return [accountId, sign * amount];
		}),
	);
}
