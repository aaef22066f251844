import type { IDataObject } from 'n8n-workflow';

import { isFeedProblem } from '../../../hub-server/protocol/xero';
import { feedFailure } from '../errors/explainFeedProblem';
import type { Failure } from '../errors/failure';
import { readWriteOptions } from '../fields/writeOptions';
import type { XeroReply } from '../messages/XeroReply';
import type { Placed } from '../run/createProgress';
import type { OperationRun } from '../run/OperationRun';
import { toExactJson } from '../values/exactJson';
import type { Wish } from './exceptSaved';
import { writeKey } from './writeKey';

/** What an item sends to the Bank Feeds API. */
export interface FeedContent {
	readonly json: string;
	/** The user's own key: the element then travels alone. */
	readonly ownKey?: string;
}

export type FeedElement = Placed<FeedContent>;

export function feedContent(
	run: OperationRun,
	item: number,
	element: Readonly<Record<string, unknown>>,
): FeedContent {
	return { json: toExactJson(element), ownKey: readWriteOptions(run, item).ownKey };
}

export function wishOfFeed(path: string, json: string): Wish {
	return { content: [path, json], sent: JSON.parse(json) as IDataObject };
}

/** One request with elements of one organisation. */
export async function sendFeedItems(
	run: OperationRun,
	path: string,
	tenantId: string,
	batch: readonly FeedElement[],
): Promise<XeroReply> {
	const method = 'POST';
	const body = `{"items":[${batch.map(({ json }) => json).join(',')}]}`;
	const items = batch.map(({ item }) => item);
	return await run.transport.send({
		method,
		path,
		tenantId,
		body,
		idempotencyKey: batch[0]?.ownKey ?? writeKey(run, { tenantId, method, path, items, body }),
	});
}

/** Elements with fates of their own: also in a 400 or 409, where all of them are rejected. */
export function answeredItems(reply: XeroReply): IDataObject[] | undefined {
	if (reply.kind !== 'answered') return undefined;
	const items = (reply.body as { items?: unknown } | undefined)?.items;
	return Array.isArray(items) ? items : undefined;
}

/** Feed connections carry one `error`, statements a list of `errors`. */
export function rejectionOf(element: IDataObject): Failure {
	const [first] = [element.error, ...((element.errors as unknown[] | undefined) ?? [])].filter(
		isFeedProblem,
	);
	return first === undefined
		? { kind: 'api', message: 'Xero rejected it and gave no reason', httpCode: '400' }
		: feedFailure(first);
}
