import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import type { Books } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import type { PostingLine } from '../journal/wantedPostings';
import { DIRECT, EXPENSES, INCOME, incomeAndCosts, OTHER } from './incomeAndCosts';
import { ledgerOf, type Balances } from './ledgerBalances';
import { comparisons, longDay, monthsBefore, reportPeriod, shortDay } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, valueRow } from './reportRows';

export function profitAndLoss(call: ApiCall): Reply {
	const { books } = call;
	const period = reportPeriod(call);
	const ledger = ledgerOf(books, trackedBy(call));
	const periods = comparisons(call).map((months) => monthsBefore(period, months));
	const columns = periods.map((one) => ledger.balances(one));
	const { income, direct, other, expenses, gross, net } = incomeAndCosts(books, columns);
	const result = (name: string, amounts: readonly Cents[]) =>
		sectionRow('', [valueRow([name, ...amounts.map(money)])]);

	return reportReply(call, {
		name: 'Profit and Loss',
		type: 'ProfitAndLoss',
		subtitles: [`${longDay(period.fromMs)} to ${longDay(period.toMs)}`],
		rows: [
			headerRow(['', ...periods.map(({ toMs }) => shortDay(toMs))]),
			...income.rows,
			...direct.rows,
			result('Gross Profit', gross),
			...other.rows,
			...expenses.rows,
			result('Net Profit', net),
		],
	});
}

/** Income less costs, column by column: what the balance sheet calls earnings. */
export function earningsOf(books: Books, balances: Balances): Cents {
	return [INCOME, DIRECT, OTHER, EXPENSES].reduce(
		(sum, { types }) =>
			[...books.accounts.values()]
				.filter(({ type }) => types.includes(type))
				.reduce((total, { id }) => total - (balances.get(id) ?? 0), sum),
		0,
	);
}

/** Lines with the asked-for option of each asked-for tracking category. */
function trackedBy(call: ApiCall): (line: PostingLine) => boolean {
	const wanted = ['', '2'].flatMap((suffix) => {
		const categoryId = parameter(call.request, `trackingCategoryID${suffix}`)?.toLowerCase();
		const optionId = parameter(call.request, `trackingOptionID${suffix}`)?.toLowerCase();
		return categoryId === undefined && optionId === undefined ? [] : [{ categoryId, optionId }];
	});
	return ({ tracking }) =>
		wanted.every(({ categoryId, optionId }) =>
			tracking.some(
				(entry) =>
					(categoryId === undefined || entry.categoryId === categoryId) &&
					(optionId === undefined || entry.optionId === optionId),
			),
		);
}
