import { itemPage } from '../http/itemPage';
import { json, type Reply } from '../http/Reply';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import type { BankStatement } from '../world/BankFeeds';
import type { Decimal4 } from '../world/decimal';
import { randomGuid } from '../world/random';
import type { Element } from '../writing/readElements';
import { ownFeed } from './feedConnections';
import { feedItemsOf } from './feedItems';
import { feedProblem, isFeedProblemType, problemReply } from './feedProblem';
import { forApproved } from './forApproved';
import { isDuplicate } from './isDuplicate';
import { readStatement, type ReadStatement } from './readStatement';

export const statements: ApiResource = {
	name: 'Statements',
	scopes: ['bankfeeds'],
	routes: [
		{ method: 'GET', path: '/Statements', handle: forApproved(list) },
		{ method: 'POST', path: '/Statements', handle: forApproved(create) },
		{ method: 'GET', path: '/Statements/:id', handle: forApproved(one) },
	],
};

const MAX_BYTES = 3_000_000;

function list(call: ApiCall): Reply {
	const own = call.books.bankStatements
		.inUpdateOrder()
		.filter(({ clientId }) => clientId === call.app.clientId);
	return itemPage(call.request, { usualSize: 10 }, own, (statement) => present(call, statement));
}

function one(call: ApiCall): Reply {
	const statement = call.books.bankStatements.get(call.params['id']?.toLowerCase() ?? '');
	return statement?.clientId === call.app.clientId
		? json(200, present(call, statement))
		: problemReply(feedProblem('statement-not-found'));
}

/**
 * Takes statements in, to be worked through later. What is wrong with one refuses the whole request,
 * except that a duplicate is rejected by itself, with 409 where nothing else was sent.
 */
function create(call: ApiCall): Reply {
	const size = call.request.body.length;
	if (size > MAX_BYTES) {
		return problemReply({
			type: 'invalid-request',
			title: 'Request too large',
			status: 413,
			detail: `Request size of ${size} bytes exceeds the limit of ${MAX_BYTES} bytes.`,
		});
	}
	const items = feedItemsOf(call);
	if (items === undefined) return problemReply(feedProblem('invalid-request'));
	const read = items.map((item) => readStatement(call, item));
	for (const result of read) if ('problem' in result) return problemReply(result.problem);

	const answers = read.map((result) =>
		take(call, (result as { statement: ReadStatement }).statement),
	);
	const areAllDuplicates = answers.every(({ status }) => status === 'REJECTED');
	return json(areAllDuplicates ? 409 : 202, { items: answers });
}

function take(call: ApiCall, read: ReadStatement): Element {
	const id = randomGuid(call.context.random);
	const { bankFeeds } = call.context.faults();
	const duplicate = isDuplicate(call, read);
	const statement: BankStatement = {
		...read,
		id,
		updatedMs: call.nowMs,
		clientId: call.app.clientId,
		readyMs: duplicate ? call.nowMs : call.nowMs + bankFeeds.deliveryMs,
		rejection: duplicate ? 'duplicate-statement' : bankFeeds.reject,
	};
	call.transaction.put(call.books.bankStatements, statement);
	const { feedConnectionId } = read;
	return duplicate
		? { id, feedConnectionId, status: 'REJECTED', errors: [feedProblem('duplicate-statement')] }
		: { id, feedConnectionId, status: 'PENDING' };
}

function present(call: ApiCall, statement: BankStatement): Element {
	const rejection = rejectionOf(call, statement);
	return {
		id: statement.id,
		feedConnectionId: statement.feedConnectionId,
		status:
			call.nowMs < statement.readyMs
				? 'PENDING'
				: rejection === undefined
					? 'DELIVERED'
					: 'REJECTED',
		startDate: statement.startDate,
		endDate: statement.endDate,
		startBalance: balance(statement.startBalance),
		endBalance: balance(statement.endBalance),
		statementLineCount: String(statement.lines.length),
		...(call.nowMs >= statement.readyMs &&
			rejection !== undefined && { errors: [feedProblem(rejection)] }),
	};
}

/** A connection that was deleted while the statement was under way rejects it too. */
function rejectionOf(call: ApiCall, { rejection, feedConnectionId }: BankStatement) {
	if (rejection !== undefined && isFeedProblemType(rejection)) return rejection;
	return ownFeed(call, feedConnectionId) === undefined
		? ('invalid-feed-connection' as const)
		: undefined;
}

function balance(amount: Decimal4): Element {
	return {
		amount: (Math.abs(amount) / 10_000).toFixed(4),
		creditDebitIndicator: amount < 0 ? 'DEBIT' : 'CREDIT',
	};
}
