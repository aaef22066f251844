import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import type { Account } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { ledgerOf } from './ledgerBalances';
import { earningsOf } from './profitAndLoss';
import { longDay, monthStart, reportDay, yearStart } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, summaryRow, valueRow } from './reportRows';

const SECTIONS: readonly (readonly [string, Account['class']])[] = [
	['Revenue', 'REVENUE'],
	['Expenses', 'EXPENSE'],
	['Assets', 'ASSET'],
	['Liabilities', 'LIABILITY'],
	['Equity', 'EQUITY'],
];

/** Of the month and of the year so far; assets, liabilities and equity since the beginning. */
export function trialBalance(call: ApiCall): Reply {
	const { books, organisation } = call;
	const toMs = reportDay(call);
	const startMs = yearStart(organisation, toMs);
	const ledger = ledgerOf(books);
	const month = ledger.balances({ fromMs: monthStart(toMs), toMs });
	const year = ledger.balances({ fromMs: startMs, toMs });
	const ever = ledger.balances({ toMs });
	const earlier = earningsOf(books, ledger.balances({ toMs: startMs - 1 }));

	const sums = [0, 0, 0, 0];
	const rowOf = (account: Account): Element[] => {
		const isResult = account.class === 'REVENUE' || account.class === 'EXPENSE';
		const retained = account.systemAccount === 'RETAINEDEARNINGS' ? -earlier : 0;
		const toDate = ((isResult ? year : ever).get(account.id) ?? 0) + retained;
		const amounts = [...sides(month.get(account.id) ?? 0), ...sides(toDate)];
		if (amounts.every((amount) => amount === 0)) return [];
		amounts.forEach((amount, index) => (sums[index] = (sums[index] ?? 0) + amount));
		const name = account.code === undefined ? account.name : `${account.name} (${account.code})`;
		const values = amounts.map((amount) => (amount === 0 ? '' : money(amount)));
		return [valueRow([name, ...values], ['account', account.id])];
	};
	const accounts = [...books.accounts.values()];
	const sections = SECTIONS.map(([title, accountClass]) =>
		sectionRow(title, accounts.filter((account) => account.class === accountClass).flatMap(rowOf)),
	);

	return reportReply(call, {
		name: 'Trial Balance',
		type: 'TrialBalance',
		subtitles: [`As at ${longDay(toMs)}`],
		rows: [
			headerRow(['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit']),
			...sections,
			sectionRow('', [summaryRow(['Total', ...sums.map(money)])]),
		],
	});
}

function sides(amount: Cents): [debit: Cents, credit: Cents] {
	return amount >= 0 ? [amount, 0] : [0, -amount];
}
