import { BankFeedsApi } from 'xero-node';
import { CreditDebitIndicator } from 'xero-node/dist/gen/model/bankfeeds/creditDebitIndicator';
import { CurrencyCode } from 'xero-node/dist/gen/model/bankfeeds/currencyCode';
import { FeedConnection } from 'xero-node/dist/gen/model/bankfeeds/feedConnection';
import { Statement } from 'xero-node/dist/gen/model/bankfeeds/statement';
import { eventually } from '../support/eventually';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, on bank feeds. */
let sandbox: ConnectedSandbox;
let api: BankFeedsApi;
let tenantId: string;

beforeAll(async () => {
	sandbox = await connectSandbox({}, { bankFeeds: true }, ['bankfeeds']);
	({ tenantId } = sandbox);
	api = new BankFeedsApi(`${sandbox.url}/bankfeeds.xro/1.0`);
	api.accessToken = sandbox.tokens.access_token;
	await sandbox.setFaults({ bankFeeds: { deliveryMs: 0 } });
});
afterAll(() => sandbox.close());

const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

async function connected(accountToken: string, accountNumber: string): Promise<string> {
	const { body } = await api.createFeedConnections(tenantId, {
		items: [
			{
				accountToken,
				accountNumber,
				accountName: 'SDK feed',
				accountType: FeedConnection.AccountTypeEnum.BANK,
				currency: CurrencyCode.NZD,
			},
		],
	});
	return body.items?.[0]?.id as string;
}

it('connects a feed, lists it, reads it and ends it', async () => {
	const id = await connected('sdk-1', '021000001');

	const listed = await api.getFeedConnections(tenantId, 1, 10);
	const read = await api.getFeedConnection(tenantId, id);
	const ended = await api.deleteFeedConnections(tenantId, { items: [{ id }] });

	expect(listed.body.pagination).toMatchObject({ page: 1, itemCount: 1 });
	expect(read.body).toMatchObject({ id, accountToken: 'sdk-1', accountName: 'SDK feed' });
	expect(ended.response.status).toBe(202);
	expect(ended.body.items?.[0]).toMatchObject({ id, status: 'PENDING' });
});

it('delivers a statement, and is told why one is refused', async () => {
	const feedConnectionId = await connected('sdk-2', '021000002');
	const { CREDIT } = CreditDebitIndicator;
	const statement = (transactionId: string, endsAt: number) => ({
		feedConnectionId,
		startDate: day,
		endDate: day,
		startBalance: { amount: 100, creditDebitIndicator: CREDIT },
		endBalance: { amount: endsAt, creditDebitIndicator: CREDIT },
		statementLines: [
			{
				postedDate: day,
				description: 'Deposit',
				amount: 5,
				creditDebitIndicator: CREDIT,
				transactionId,
			},
		],
	});

	const created = await api.createStatements(tenantId, { items: [statement('t-1', 105)] });
	const refused = await api
		.createStatements(tenantId, { items: [statement('t-2', 100)] })
		.then(() => 'nothing', String);

	expect(created.response.status).toBe(202);
	const id = created.body.items?.[0]?.id as string;
	const delivered = await eventually('the delivery', async () => {
		const { body } = await api.getStatement(tenantId, id);
		return body.status === Statement.StatusEnum.PENDING ? undefined : body;
	});
	expect(delivered).toMatchObject({ id, status: 'DELIVERED' });
	const listed = await api.getStatements(tenantId, 1, 10);
	expect(listed.body.items?.map((one) => one.id)).toEqual([id]);
	expect(refused).toContain('invalid-end-balance');
});
