import type { IDataObject } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const PATH = '/bankfeeds.xro/1.0/FeedConnections';

/** A feed of a bank account that Xero makes for it. */
export const oneFeed = async (ledger: Ledger): Promise<IDataObject> => {
	const accountToken = ledger.unique('token');
	const response = await ledger.call('POST', PATH, {
		items: [
			{
				accountToken,
				accountNumber: accountToken.replace(/\D/g, '021234'),
				accountName: 'Fed account',
				accountType: 'BANK',
				currency: 'NZD',
			},
		],
	});
	const { items } = (await response.json()) as { items: IDataObject[] };
	return { id: items[0]?.['id'], accountToken };
};

const byId = { feedConnection: picked('={{ $json.id }}') };
const noId = { item: { id: 'feed-1' }, message: '"feed-1"' };

export const cases: ResourceCases = {
	create: {
		parameters: {
			accountToken: '={{ $json.token }}',
			accountType: 'BANK',
			currency: picked('NZD'),
			additionalFields: {
				accountName: 'Savings',
				accountNumber: '0908007006544',
				accountId: picked('={{ $json.account ?? "" }}'),
			},
		},
		prepare: async (ledger) => ({
			...(await oneFeed(ledger)),
			newToken: ledger.unique('new'),
		}),
		success: {
			item: ({ newToken }) => ({ token: newToken }),
			output: ({ newToken }) => ({
				id: expect.any(String),
				accountToken: newToken,
				status: 'PENDING',
			}),
		},
		validationError: {
			item: ({ accountToken }) => ({ token: accountToken }),
			message: 'Feed already connected in current organisation',
		},
		notFound: {
			item: ({ newToken }) => ({ token: `${String(newToken)}-b`, account: UNKNOWN_ID }),
			message: 'Account Not Valid',
		},
	},
	delete: {
		parameters: byId,
		prepare: oneFeed,
		success: {
			item: ({ id }) => ({ id }),
			output: ({ id }) => ({ deleted: true, id }),
			async then({ ledger, prepared }) {
				expect((await ledger.call('GET', `${PATH}/${String(prepared['id'])}`)).status).toBe(400);
			},
		},
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: 'Feed not found or already deleted' },
	},
	get: {
		parameters: byId,
		prepare: oneFeed,
		success: {
			item: ({ id }) => ({ id }),
			output: ({ id, accountToken }) => ({ id, accountToken, accountName: 'Fed account' }),
		},
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: 'Bank Feed Not Found' },
	},
	getAll: {
		parameters: { returnAll: false, limit: '={{ $json.limit }}' },
		prepare: oneFeed,
		success: {
			item: { limit: 1 },
			output: { id: expect.any(String), currency: 'NZD', accountType: 'BANK' },
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: { item: { limit: -1 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'a list without connections is empty' },
	},
};
