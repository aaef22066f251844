import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE, FEED_PAGE } from '../../requests/bankFeedsApi';
import { readItemPages } from '../../requests/readItemPages';
import { listOf } from '../../requests/RequestFacts';

export const description: OperationModule['description'] = [returnAllField, limitField];

const path = `${BANK_FEEDS_PATH}/FeedConnections`;

export const request = listOf(path, BANK_FEEDS_SCOPE, '100 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, { path, scope: BANK_FEEDS_SCOPE, pageSize: FEED_PAGE });
