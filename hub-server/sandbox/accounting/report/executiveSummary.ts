import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import type { Cents } from '../../world/decimal';
import { accountsOf } from './accountRows';
import { ledgerOf, type Period } from './ledgerBalances';
import { earningsOf } from './profitAndLoss';
import { dayMonthsBefore, monthEnd, monthStart, reportDay, shortMonth } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, valueRow } from './reportRows';

/** One month beside the month before. */
export function executiveSummary(call: ApiCall): Reply {
	const endMs = monthEnd(reportDay(call));
	const months = [endMs, dayMonthsBefore(endMs, 1)].map((toMs) => ({
		fromMs: monthStart(toMs),
		toMs,
	}));
	const [present = NOTHING, past = NOTHING] = months.map((month) => figuresOf(call, month));
	const row = (name: string, figure: (figures: Figures) => Cents) =>
		valueRow([
			name,
			money(figure(present)),
			money(figure(past)),
			variance(figure(present), figure(past)),
		]);

	return reportReply(call, {
		name: 'Executive Summary',
		type: 'ExecutiveSummary',
		subtitles: [`For the month of ${shortMonth(endMs)}`],
		rows: [
			headerRow(['', ...months.map(({ toMs }) => shortMonth(toMs)), 'Variance']),
			sectionRow('Cash', [
				row('Cash received', ({ received }) => received),
				row('Cash spent', ({ spent }) => spent),
				row('Cash surplus (deficit)', ({ received, spent }) => received - spent),
				row('Closing bank balance', ({ bank }) => bank),
			]),
			sectionRow('Profitability', [
				row('Income', ({ income }) => income),
				row('Net profit (loss)', ({ profit }) => profit),
			]),
			sectionRow('Balance Sheet', [
				row('Debtors', ({ debtors }) => debtors),
				row('Creditors', ({ creditors }) => creditors),
			]),
		],
	});
}

interface Figures {
	readonly received: Cents;
	readonly spent: Cents;
	readonly bank: Cents;
	readonly income: Cents;
	readonly profit: Cents;
	readonly debtors: Cents;
	readonly creditors: Cents;
}

const NOTHING: Figures = {
	received: 0,
	spent: 0,
	bank: 0,
	income: 0,
	profit: 0,
	debtors: 0,
	creditors: 0,
};

function figuresOf({ books }: ApiCall, month: Required<Period>): Figures {
	const ledger = ledgerOf(books);
	const moved = ledger.balances(month);
	const atEnd = ledger.balances({ toMs: month.toMs });
	const banks = accountsOf(books, ['BANK']);
	const sum = (amounts: readonly Cents[]) => amounts.reduce((all, amount) => all + amount, 0);
	const turnovers = banks.map(({ id }) => ledger.turnover(id, month));
	const balanceOf = (systemAccount: string) =>
		sum(
			[...books.accounts.values()]
				.filter((account) => account.systemAccount === systemAccount)
				.map(({ id }) => atEnd.get(id) ?? 0),
		);
	return {
		received: sum(turnovers.map(({ received }) => received)),
		spent: sum(turnovers.map(({ spent }) => spent)),
		bank: sum(banks.map(({ id }) => atEnd.get(id) ?? 0)),
		income: 0 - sum(accountsOf(books, ['REVENUE', 'SALES']).map(({ id }) => moved.get(id) ?? 0)),
		profit: earningsOf(books, moved),
		debtors: balanceOf('DEBTORS'),
		creditors: balanceOf('CREDITORS'),
	};
}

function variance(present: Cents, past: Cents): string {
	if (past === 0) return '0.0%';
	return `${(((present - past) / Math.abs(past)) * 100).toFixed(1)}%`;
}
