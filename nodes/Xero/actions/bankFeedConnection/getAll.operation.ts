import { BANK_FEEDS_PATH } from '../bankFeeds/bankFeedsApi';
import { readFeedPages } from '../bankFeeds/readFeedPages';
import { limitField, returnAllField } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import type { RequestFacts } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';

export const description = showFor('bankFeedConnection', ['getAll'], [returnAllField, limitField]);

const path = `${BANK_FEEDS_PATH}/FeedConnections`;

export const request: RequestFacts = { method: 'GET', path, carries: '100 records' };

export const execute: OperationModule['execute'] = async (run) =>
	await readFeedPages(run, { path });
