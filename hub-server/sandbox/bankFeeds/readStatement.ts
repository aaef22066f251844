import type { ApiCall } from '../resource/ApiResource';
import { parseDay } from '../resource/xeroDate';
import type { BankStatement, StatementLine } from '../world/BankFeeds';
import { parseDecimal, type Decimal4 } from '../world/decimal';
import { isObject, type Element } from '../writing/readElements';
import { ownFeed } from './feedConnections';
import { feedProblem, missing, tooLong, type FeedProblem } from './feedProblem';

export type ReadStatement = Pick<
	BankStatement,
	'feedConnectionId' | 'startDate' | 'endDate' | 'startBalance' | 'endBalance' | 'lines'
>;

/** Codat and Apideck name this limit; Xero's own pages do not. */
const MAX_LINES = 1_000;
const YEAR_MS = 366 * 86_400_000;

/** A statement as sent, or the first thing that is wrong with it. */
export function readStatement(
	call: ApiCall,
	item: Element,
): { readonly statement: ReadStatement } | { readonly problem: FeedProblem } {
	const feed = ownFeed(call, item['feedConnectionId']);
	if (feed === undefined) return { problem: feedProblem('invalid-feed-connection') };
	const [startDate, endDate] = [dayOf(item['startDate']), dayOf(item['endDate'])];
	if (startDate === undefined) return { problem: missing('StartDate') };
	if (endDate === undefined) return { problem: missing('EndDate') };
	const dates = dateProblem(call, startDate, endDate);
	if (dates !== undefined) return { problem: dates };
	const [startBalance, endBalance] = [signed(item['startBalance']), signed(item['endBalance'])];
	if (startBalance === undefined) return { problem: missing('StartBalance') };
	if (endBalance === undefined) return { problem: missing('EndBalance') };

	const lines = linesOf(item['statementLines']);
	if ('problem' in lines) return lines;
	const isInOrder = lines.lines.every(
		({ postedDate }, index) => postedDate >= (lines.lines[index - 1]?.postedDate ?? ''),
	);
	if (!isInOrder && call.context.faults().bankFeeds.wantsLinesInOrder) {
		return {
			problem: feedProblem('invalid-request', 'The statement lines are not in order of date.'),
		};
	}
	const sum = lines.lines.reduce((total, { amount }) => total + amount, startBalance);
	if (sum !== endBalance) return { problem: feedProblem('invalid-end-balance') };
	return {
		statement: {
			feedConnectionId: feed.id,
			startDate,
			endDate,
			startBalance,
			endBalance,
			lines: lines.lines,
		},
	};
}

function dateProblem(call: ApiCall, startDate: string, endDate: string): FeedProblem | undefined {
	if (endDate < startDate) return feedProblem('invalid-start-and-end-date');
	if (Date.parse(startDate) < call.nowMs - YEAR_MS) return feedProblem('invalid-start-date');
	// A day may have begun in the organisation's time zone and not in UTC.
	return Date.parse(endDate) > call.nowMs + 14 * 3_600_000
		? feedProblem('invalid-end-date')
		: undefined;
}

function linesOf(
	sent: unknown,
): { readonly lines: readonly StatementLine[] } | { readonly problem: FeedProblem } {
	const elements = Array.isArray(sent) ? sent.filter(isObject) : [];
	if (elements.length === 0) return { problem: missing('StatementLines') };
	if (elements.length > MAX_LINES) {
		return {
			problem: feedProblem(
				'invalid-request',
				`For the request field 'StatementLines' exceeded the maximum of ${MAX_LINES}.`,
			),
		};
	}
	const lines: StatementLine[] = [];
	for (const element of elements) {
		const long = Object.entries(LONGEST).find(
			([field, maximum]) => textOf(element, field).length > maximum,
		);
		if (long !== undefined) return { problem: tooLong(`StatementLine.${long[0]}`, long[1]) };
		const postedDate = dayOf(element['postedDate']);
		const amount = signed(element);
		if (postedDate === undefined) return { problem: missing('StatementLine.PostedDate') };
		if (amount === undefined) return { problem: missing('StatementLine.Amount') };
		const transactionId = textOf(element, 'TransactionId');
		lines.push({
			postedDate,
			amount,
			transactionId: transactionId === '' ? undefined : transactionId,
			description: textOf(element, 'Description'),
		});
	}
	return { lines };
}

const LONGEST: Readonly<Record<string, number>> = {
	Description: 2_000,
	PayeeName: 255,
	Reference: 255,
	ChequeNumber: 20,
	TransactionType: 30,
};

function textOf(element: Element, field: string): string {
	const value = element[field.charAt(0).toLowerCase() + field.slice(1)];
	return typeof value === 'string' ? value : '';
}

/** `{amount, creditDebitIndicator}`: amounts are unsigned, a debit takes away. */
function signed(value: unknown): Decimal4 | undefined {
	if (!isObject(value)) return undefined;
	const amount = parseDecimal(value['amount'], 4);
	if (amount === undefined || amount < 0) return undefined;
	switch (value['creditDebitIndicator']) {
		case 'CREDIT':
			return amount;
		case 'DEBIT':
			return -amount;
		default:
			return undefined;
	}
}

function dayOf(value: unknown): string | undefined {
	const ms = parseDay(value);
	return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);
}
