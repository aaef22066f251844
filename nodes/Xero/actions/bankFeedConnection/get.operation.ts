import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../bankFeeds/bankFeedsApi';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { feedConnectionLocator, feedConnectionOf } from './feedConnectionLocator';

export const description = showFor(
	'bankFeedConnection',
	['get'],
	[feedConnectionLocator('The feed connection to read')],
);

const path = `${BANK_FEEDS_PATH}/FeedConnections`;

export const request = singleCall('GET', `${path}/{ID}`);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: BANK_FEEDS_SCOPE,
		build(item) {
			const id = feedConnectionOf(run, item);
			return id.ok ? success({ method: 'GET', path: `${path}/${id.value}` }) : id;
		},
		read: ({ body }) => done(body as IDataObject),
	});
