import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import type { Cents } from '../../world/decimal';
import { accountSection, accountsOf, addUp, negated, type AccountGroup } from './accountRows';
import { ledgerOf } from './ledgerBalances';
import { earningsOf } from './profitAndLoss';
import {
	comparisons,
	dayMonthsBefore,
	longDay,
	reportDay,
	shortDay,
	yearStart,
} from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, summaryRow, valueRow } from './reportRows';

const ASSETS: readonly AccountGroup[] = [
	{ title: 'Bank', types: ['BANK'], sign: 1 },
	{ title: 'Current Assets', types: ['CURRENT', 'INVENTORY', 'PREPAYMENT'], sign: 1 },
	{ title: 'Fixed Assets', types: ['FIXED'], sign: 1 },
	{ title: 'Non-current Assets', types: ['NONCURRENT'], sign: 1 },
];
const LIABILITIES: readonly AccountGroup[] = [
	{ title: 'Current Liabilities', types: ['CURRLIAB', 'LIABILITY', 'PAYG'], sign: -1 },
	{ title: 'Non-current Liabilities', types: ['TERMLIAB'], sign: -1 },
];
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';
const DAY_MS = 86_400_000;

export function balanceSheet(call: ApiCall): Reply {
	const { books, organisation } = call;
	const dayMs = reportDay(call);
	const days = comparisons(call).map((months) => dayMonthsBefore(dayMs, months));
	const ledger = ledgerOf(books);
	const columns = days.map((toMs) => ledger.balances({ toMs }));
	const assets = ASSETS.map((group) => accountSection(books, group, columns));
	const liabilities = LIABILITIES.map((group) => accountSection(books, group, columns));
	const totalAssets = addUp(...assets.map(({ totals }) => totals));
	const totalLiabilities = addUp(...liabilities.map(({ totals }) => totals));

	const earlierMs = (toMs: number) => yearStart(organisation, toMs) - DAY_MS;
	const thisYear = days.map((toMs) =>
		earningsOf(books, ledger.balances({ fromMs: earlierMs(toMs) + DAY_MS, toMs })),
	);
	const earlier = days.map((toMs) => earningsOf(books, ledger.balances({ toMs: earlierMs(toMs) })));
	const equity = accountsOf(books, ['EQUITY'])
		.map((account) => ({
			account,
			amounts: columns.map(
				(column, index) =>
					(account.systemAccount === 'RETAINEDEARNINGS' ? (earlier[index] ?? 0) : 0) -
					(column.get(account.id) ?? 0),
			),
		}))
		.filter(({ amounts }) => amounts.some((amount) => amount !== 0));
	const line = (name: string, amounts: readonly Cents[]) => [name, ...amounts.map(money)];

	return reportReply(call, {
		name: 'Balance Sheet',
		type: 'BalanceSheet',
		subtitles: [`As at ${longDay(dayMs)}`],
		rows: [
			headerRow(['', ...days.map(shortDay)]),
			sectionRow('Assets'),
			...assets.flatMap(({ rows }) => rows),
			sectionRow('', [summaryRow(line('Total Assets', totalAssets))]),
			sectionRow('Liabilities'),
			...liabilities.flatMap(({ rows }) => rows),
			sectionRow('', [summaryRow(line('Total Liabilities', totalLiabilities))]),
			sectionRow('', [valueRow(line('Net Assets', addUp(totalAssets, negated(totalLiabilities))))]),
			sectionRow('Equity', [
				valueRow(line('Current Year Earnings', thisYear), ['account', NO_ACCOUNT]),
				...equity.map(({ account, amounts }) =>
					valueRow(line(account.name, amounts), ['account', account.id]),
				),
				summaryRow(line('Total Equity', addUp(thisYear, ...equity.map(({ amounts }) => amounts)))),
			]),
		],
	});
}
