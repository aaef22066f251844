import type { IDataObject } from 'n8n-workflow';

import { oneFeed } from './bankFeedConnection.cases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const PATH = '/bankfeeds.xro/1.0/Statements';

/** Xero takes statements of the last year only. */
const today = new Date().toISOString().slice(0, 10);

/** A feed with one delivered statement. */
export const oneStatement = async (ledger: Ledger): Promise<IDataObject> => {
	const feed = await oneFeed(ledger);
	const response = await ledger.call('POST', PATH, {
		items: [
			{
				feedConnectionId: feed['id'],
				startDate: today,
				endDate: today,
				startBalance: { amount: '100', creditDebitIndicator: 'CREDIT' },
				endBalance: { amount: '88', creditDebitIndicator: 'CREDIT' },
				statementLines: [
					{
						postedDate: today,
						description: 'Lunch',
						amount: '12',
						creditDebitIndicator: 'DEBIT',
						transactionId: ledger.unique('tx'),
					},
				],
			},
		],
	});
	const { items } = (await response.json()) as { items: IDataObject[] };
	return { id: items[0]?.['id'], feed: feed['id'] };
};

export const cases: ResourceCases = {
	create: {
		parameters: {
			feedConnection: picked('={{ $json.feed }}'),
			startBalance: '100.10',
			lines: {
				line: [
					{ postedDate: today, amount: '0.20', description: 'Interest' },
					{ postedDate: today, amount: '-50.0001', description: 'Rent' },
					{
						postedDate: today,
						amount: '60.0001',
						creditDebitIndicator: 'DEBIT',
						description: '={{ $json.description ?? "Power" }}',
					},
				],
			},
			additionalFields: { endBalance: '={{ $json.end }}' },
			writeOptions: { waitForDelivery: true },
		},
		prepare: async (ledger) => ({ feed: (await oneFeed(ledger))['id'] }),
		success: {
			item: ({ feed }) => ({ feed, end: '-9.7002' }),
			output: ({ feed }) => ({
				feedConnectionId: feed,
				status: 'DELIVERED',
				startDate: today,
				startBalance: '100.10',
				endBalance: '-9.7002',
				lineCount: 3,
			}),
		},
		validationError: {
			item: ({ feed }) => ({ feed, end: '9.70' }),
			message: 'The end balance should be -9.7002, not 9.70: the lines are off by 19.4002',
		},
		notFound: { item: { feed: UNKNOWN_ID, end: '' }, message: 'Invalid Feed Connection' },
	},
	get: {
		parameters: { statementId: picked('={{ $json.id }}') },
		prepare: oneStatement,
		success: {
			item: ({ id }) => ({ id }),
			output: ({ id, feed }) => ({
				id,
				feedConnectionId: feed,
				status: expect.stringMatching(/PENDING|DELIVERED/),
				statementLineCount: '1',
			}),
		},
		validationError: { item: { id: '7' }, message: 'Statement is not an id of Xero\'s: "7"' },
		notFound: { item: { id: UNKNOWN_ID }, message: 'Statement Not Found' },
	},
	getAll: {
		parameters: {
			returnAll: '={{ $json.all }}',
			limit: -1,
			filters: { feedConnection: picked('={{ $json.feed }}') },
		},
		prepare: oneStatement,
		success: {
			item: ({ feed }) => ({ all: true, feed }),
			output: ({ id }) => ({ id }),
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: {
			item: { all: false, feed: '' },
			message: 'Limit is not a whole number above zero',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
