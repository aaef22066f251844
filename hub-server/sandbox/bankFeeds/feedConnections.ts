import { itemPage } from '../http/itemPage';
import { json, type Reply } from '../http/Reply';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import type { FeedConnection } from '../world/BankFeeds';
import type { Element } from '../writing/readElements';
import { connectFeed } from './connectFeed';
import { feedItemsOf } from './feedItems';
import { feedProblem, problemReply, type FeedProblem } from './feedProblem';
import { forApproved } from './forApproved';

export const feedConnections: ApiResource = {
	name: 'FeedConnections',
	scopes: ['bankfeeds'],
	routes: [
		{ method: 'GET', path: '/FeedConnections', handle: forApproved(list) },
		{ method: 'POST', path: '/FeedConnections', handle: forApproved(create) },
		{ method: 'POST', path: '/FeedConnections/DeleteRequests', handle: forApproved(remove) },
		{ method: 'GET', path: '/FeedConnections/:id', handle: forApproved(one) },
	],
};

/** Xero documents 202 for this list, and 200 for that of statements. */
function list(call: ApiCall): Reply {
	const own = call.books.feedConnections
		.inUpdateOrder()
		.filter(({ clientId }) => clientId === call.app.clientId);
	return itemPage(call.request, { status: 202, usualSize: 10 }, own, present);
}

function one(call: ApiCall): Reply {
	const feed = ownFeed(call, call.params['id']);
	return feed === undefined
		? problemReply({ ...feedProblem('bank-feed-not-found'), status: 400 })
		: json(200, present(feed));
}

function create(call: ApiCall): Reply {
	return answerEach(call, 400, (item) => {
		const connected = connectFeed(call, item);
		if ('problem' in connected)
			return { echo: { accountToken: item['accountToken'] }, ...connected };
		const { id, accountToken } = connected.feed;
		return { accepted: { id, accountToken, status: 'PENDING' } };
	});
}

function remove(call: ApiCall): Reply {
	return answerEach(call, 202, (item) => {
		const id = String(item['id'] ?? '').toLowerCase();
		if (ownFeed(call, id) === undefined) {
			return {
				echo: { id: item['id'] },
				problem: feedProblem('feed-not-found-or-already-deleted'),
			};
		}
		call.transaction.remove(call.books.feedConnections, id);
		return { accepted: { id, status: 'PENDING' } };
	});
}

type ItemAnswer =
	{ readonly accepted: Element } | { readonly echo: Element; readonly problem: FeedProblem };

/**
 * Each item is accepted or rejected by itself.
 *
 * @param noneAccepted the status where every item is rejected
 */
function answerEach(
	call: ApiCall,
	noneAccepted: 202 | 400,
	work: (item: Element) => ItemAnswer,
): Reply {
	const items = feedItemsOf(call);
	if (items === undefined) return problemReply(feedProblem('invalid-request'));
	const answers = items.map(work);
	const isAnyAccepted = answers.some((answer) => 'accepted' in answer);
	return json(isAnyAccepted ? 202 : noneAccepted, {
		items: answers.map((answer) =>
			'accepted' in answer
				? answer.accepted
				: { ...answer.echo, status: 'REJECTED', error: answer.problem },
		),
	});
}

/** Only the app that made a connection sees it. */
export function ownFeed(call: ApiCall, id: unknown): FeedConnection | undefined {
	const feed = call.books.feedConnections.get(String(id ?? '').toLowerCase());
	return feed?.clientId === call.app.clientId ? feed : undefined;
}

function present(feed: FeedConnection): Element {
	const { id, accountToken, accountType, accountNumber, accountName, accountId } = feed;
	const { currency, country } = feed;
	return {
		id,
		accountToken,
		accountType,
		accountNumber,
		accountName,
		accountId,
		currency,
		country,
	};
}
