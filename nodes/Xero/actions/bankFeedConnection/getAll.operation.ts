import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE, FEED_PAGE } from '../bankFeeds/bankFeedsApi';
import { limitField, returnAllField } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import { readItemPages } from '../shared/readItemPages';
import { listOf } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';

export const description = showFor('bankFeedConnection', ['getAll'], [returnAllField, limitField]);

const path = `${BANK_FEEDS_PATH}/FeedConnections`;

export const request = listOf(path, BANK_FEEDS_SCOPE, '100 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, { path, scope: BANK_FEEDS_SCOPE, pageSize: FEED_PAGE });
