import { success } from '../../errors/failure';
import { feedConnectionLocator } from '../../fields/feedConnectionLocator';
import { pickedId } from '../../fields/Locator';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';
import type { RequestFacts } from '../../requests/RequestFacts';
import { writeFeedItems } from '../../requests/writeFeedItems';

export const description: OperationModule['description'] = [
	feedConnectionLocator.field('The feed connection to delete; the bank account and its lines stay'),
	keyOptionsField,
];

const path = `${BANK_FEEDS_PATH}/FeedConnections/DeleteRequests`;

export const request: RequestFacts = {
	method: 'POST',
	path,
	carries: '50 items',
	scope: BANK_FEEDS_SCOPE,
};

/** Xero accepts the wish and deletes a little later. */
export const execute: OperationModule['execute'] = async (run) =>
	await writeFeedItems(run, {
		path,
		build(item) {
			const id = pickedId(run, feedConnectionLocator, item);
			return id.ok ? success({ id: id.value }) : id;
		},
		present: ({ id, status }) => ({ deleted: true, id, status }),
	});
