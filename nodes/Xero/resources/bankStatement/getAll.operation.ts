import type { IDataObject } from 'n8n-workflow';

import { feedConnectionLocator } from '../../fields/feedConnectionLocator';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE, FEED_PAGE } from '../../requests/bankFeedsApi';
import { readItemPages } from '../../requests/readItemPages';
import { listOf } from '../../requests/RequestFacts';
import { locatorValue } from '../../values/locatorValue';

export const description: OperationModule['description'] = [
	returnAllField,
	limitField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		description: 'Xero cannot filter this list: what does not match is left out here',
		options: [
			{ ...feedConnectionLocator.field('Only statements of this feed'), required: false },
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Delivered', value: 'DELIVERED' },
					{ name: 'Pending', value: 'PENDING' },
					{ name: 'Rejected', value: 'REJECTED' },
				],
				default: 'REJECTED',
				description: 'Only statements with this status',
			},
		],
	},
];

const path = `${BANK_FEEDS_PATH}/Statements`;

export const request = listOf(path, BANK_FEEDS_SCOPE, '100 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, {
		path,
		scope: BANK_FEEDS_SCOPE,
		pageSize: FEED_PAGE,
		keep(statement: IDataObject, item) {
			const { feedConnection, status } = run.parameter('filters', item, {}) as {
				feedConnection?: unknown;
				status?: unknown;
			};
			const feed = locatorValue(feedConnection).value.toLowerCase();
			return (
				(feed === '' || statement.feedConnectionId === feed) &&
				(status === undefined || status === '' || statement.status === status)
			);
		},
	});
