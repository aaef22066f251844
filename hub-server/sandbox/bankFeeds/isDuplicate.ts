import type { ApiCall } from '../resource/ApiResource';
import type { BankStatement } from '../world/BankFeeds';
import type { ReadStatement } from './readStatement';

/**
 * Whether the feed has had all of it before: by the transaction ids where lines have them, else by
 * the same days, balances and lines. Where some lines are new the statement passes, and Xero skips
 * the others.
 */
export function isDuplicate(call: ApiCall, read: ReadStatement): boolean {
	const before = [...call.books.bankStatements.values()].filter(
		({ feedConnectionId, rejection }) =>
			feedConnectionId === read.feedConnectionId && rejection === undefined,
	);
	if (read.lines.every(({ transactionId }) => transactionId !== undefined)) {
		const known = new Set(
			before.flatMap(({ lines }) => lines.map(({ transactionId }) => transactionId)),
		);
		return read.lines.every(({ transactionId }) => known.has(transactionId));
	}
	const print = fingerprint(read);
	return before.some((statement) => fingerprint(statement) === print);
}

function fingerprint(statement: ReadStatement | BankStatement): string {
	const { startDate, endDate, startBalance, endBalance, lines } = statement;
	return JSON.stringify([startDate, endDate, startBalance, endBalance, lines]);
}
