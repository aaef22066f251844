import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import type { Element } from '../../writing/readElements';
import { accountsOf, addUp } from './accountRows';
import { ledgerOf } from './ledgerBalances';
import { longDay, reportPeriod } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, summaryRow } from './reportRows';

export function bankSummary(call: ApiCall): Reply {
	const { books } = call;
	const period = reportPeriod(call);
	const ledger = ledgerOf(books);
	const before = ledger.balances({ toMs: period.fromMs - 1 });
	const lines = accountsOf(books, ['BANK']).map(({ id, name }) => {
		const opening = before.get(id) ?? 0;
		const { received, spent } = ledger.turnover(id, period);
		return { id, name, amounts: [opening, received, spent, opening + received - spent] };
	});

	return reportReply(call, {
		name: 'Bank Summary',
		type: 'BankSummary',
		subtitles: [`From ${longDay(period.fromMs)} to ${longDay(period.toMs)}`],
		rows: [
			headerRow([
				'Bank Accounts',
				'Opening Balance',
				'Cash Received',
				'Cash Spent',
				'Closing Balance',
			]),
			sectionRow('', [
				...lines.map(({ id, name, amounts }) => bankRow(id, name, amounts.map(money))),
				summaryRow([
					'Total',
					...addUp([0, 0, 0, 0], ...lines.map(({ amounts }) => amounts)).map(money),
				]),
			]),
		],
	});
}

/** Here alone Xero says `accountID` in the first cell, and nothing beside the balances. */
function bankRow(id: string, name: string, values: readonly string[]): Element {
	const [opening, received, spent, closing] = values;
	const about = (attribute: string) => ({ Attributes: [{ Value: id, Id: attribute }] });
	return {
		RowType: 'Row',
		Cells: [
			{ Value: name, ...about('accountID') },
			{ Value: opening },
			{ Value: received, ...about('account') },
			{ Value: spent, ...about('account') },
			{ Value: closing },
		],
	};
}
