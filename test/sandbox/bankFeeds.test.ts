import { answerOf, connectSandbox, type Answer, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecords } from './XeroBody';

const FEEDS = '/bankfeeds.xro/1.0';
/** The sandbox's clock stands still here, so that days have a meaning. */
const NOW = Date.UTC(2026, 10, 20, 3);

let sandbox: ConnectedSandbox;
let send: (method: string, path: string, body?: unknown) => Promise<Answer>;
beforeAll(async () => {
	sandbox = await connectSandbox({ now: () => NOW }, { bankFeeds: true });
	const tokens = await sandbox.authorise(sandbox.app, {
		scopes: ['bankfeeds', 'accounting.settings'],
	});
	send = async (method, path, body) =>
		answerOf(await sandbox.call(tokens, sandbox.tenantId, method, `${FEEDS}${path}`, body));
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.setFaults({}));

let count = 0;
const connection = (changes: Json = {}): Json => ({
	accountToken: `token-${++count}`,
	accountNumber: `0212340${count}`,
	accountName: 'Savings',
	accountType: 'BANK',
	currency: 'NZD',
	...changes,
});
const items = ({ json }: Answer) => json['items'] as XeroRecords;
const connected = async (changes: Json = {}): Promise<string> =>
	String(items(await send('POST', '/FeedConnections', { items: [connection(changes)] }))[0]['id']);
const money = (amount: string, creditDebitIndicator = 'CREDIT'): Json => ({
	amount,
	creditDebitIndicator,
});
const line = (changes: Json = {}): Json => ({
	postedDate: '2026-11-11',
	description: 'Coffee',
	transactionId: `tx-${++count}`,
	...money('50'),
	...changes,
});
const statement = (feedConnectionId: string, changes: Json = {}): Json => ({
	feedConnectionId,
	startDate: '2026-11-11',
	endDate: '2026-11-12',
	startBalance: money('100'),
	endBalance: money('150'),
	statementLines: [line()],
	...changes,
});
const sent = (...statements: readonly Json[]) => send('POST', '/Statements', { items: statements });

describe('a feed connection', () => {
	it('is accepted as PENDING, and then listed with status 202 and read by id', async () => {
		const wish = connection();
		const created = await send('POST', '/FeedConnections', { items: [wish] });

		expect(created.status).toBe(202);
		const [{ id }] = items(created);
		expect(items(created)).toMatchObject([
			{ accountToken: wish['accountToken'], status: 'PENDING' },
		]);
		const list = await send('GET', '/FeedConnections?pageSize=100');
		expect(list.status).toBe(202);
		expect(items(list)).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
		expect((await send('GET', `/FeedConnections/${String(id)}`)).json).toMatchObject({
			id,
			accountNumber: wish['accountNumber'],
			country: 'NZ',
		});
	});

	it('makes the bank account where there is none of its number', async () => {
		const known = await connected({ accountNumber: '0908007006543' });
		const made = await connected({ accountNumber: '9999', accountName: 'Made by the feed' });

		const accountOf = async (id: string) =>
			(await send('GET', `/FeedConnections/${id}`)).json['accountId'] as string;
		const name = async (id: string) =>
			(await sandbox.get(`/Accounts/${await accountOf(id)}`)).json['Accounts'];
		expect(await name(known)).toMatchObject([{ Name: 'Business Bank Account' }]);
		expect(await name(made)).toMatchObject([{ Name: 'Made by the feed', Type: 'BANK' }]);
	});

	it.each([
		[{ accountToken: '' }, 'invalid-request'],
		[{ accountNumber: '1'.repeat(41) }, 'invalid-request'],
		[{ accountNumber: '12345', accountType: 'CREDITCARD' }, 'invalid-request'],
		[{ currency: 'JPY' }, 'invalid-organisation-multi-currency'],
		[{ accountId: '11111111-2222-4333-8444-555555555555' }, 'account-not-valid'],
	])('is rejected where it is %j: %s', async (changes, type) => {
		const answer = await send('POST', '/FeedConnections', { items: [connection(changes)] });

		expect(answer.status).toBe(400);
		expect(items(answer)).toMatchObject([{ status: 'REJECTED', error: { type } }]);
	});

	it('rejects a token that is connected, beside others that are accepted', async () => {
		const wish = connection();
		await send('POST', '/FeedConnections', { items: [wish] });

		const answer = await send('POST', '/FeedConnections', { items: [wish, connection()] });
		expect(answer.status).toBe(202);
		expect(items(answer)).toMatchObject([
			{ status: 'REJECTED', error: { type: 'feed-already-connected-in-current-organisation' } },
			{ status: 'PENDING' },
		]);
	});

	it('is deleted by request, once', async () => {
		const id = await connected();
		const remove = () => send('POST', '/FeedConnections/DeleteRequests', { items: [{ id }] });

		expect(items(await remove())).toEqual([{ id, status: 'PENDING' }]);
		expect(items(await remove())).toMatchObject([
			{ id, status: 'REJECTED', error: { type: 'feed-not-found-or-already-deleted' } },
		]);
		expect((await send('GET', `/FeedConnections/${id}`)).status).toBe(400);
	});
});

describe('a statement', () => {
	it('is PENDING at first and DELIVERED later', async () => {
		await sandbox.setFaults({ bankFeeds: { deliveryMs: 60_000 } });
		const feed = await connected();
		const answer = await sent(statement(feed));

		expect(answer.status).toBe(202);
		const [{ id }] = items(answer);
		const read = async () => (await send('GET', `/Statements/${String(id)}`)).json;
		expect(await read()).toMatchObject({
			status: 'PENDING',
			startBalance: { amount: '100.0000', creditDebitIndicator: 'CREDIT' },
			statementLineCount: '1',
		});
		await sandbox.advanceClock(61);
		expect(await read()).toMatchObject({ status: 'DELIVERED' });
		expect(items(await send('GET', '/Statements?pageSize=500'))).toEqual(
			expect.arrayContaining([expect.objectContaining({ id, status: 'DELIVERED' })]),
		);
	});

	it('can be REJECTED later, with the reason', async () => {
		await sandbox.setFaults({ bankFeeds: { deliveryMs: 0, reject: 'internal-error' } });
		const [{ id }] = items(await sent(statement(await connected())));

		expect((await send('GET', `/Statements/${String(id)}`)).json).toMatchObject({
			status: 'REJECTED',
			errors: [{ type: 'internal-error' }],
		});
	});

	it.each([
		['overdrawn to in credit', money('20', 'DEBIT'), money('30')],
		['exactly nothing', money('0'), money('50')],
		['four decimals', money('0.0001'), money('50.0001')],
	])('adds up with signs and four decimals: %s', async (_case, startBalance, endBalance) => {
		expect((await sent(statement(await connected(), { startBalance, endBalance }))).status).toBe(
			202,
		);
	});

	it.each<[Json, number, string]>([
		[{ endBalance: money('150.0001') }, 422, 'invalid-end-balance'],
		[{ endDate: '2026-11-10' }, 400, 'invalid-start-and-end-date'],
		[{ startDate: '2025-11-01' }, 400, 'invalid-start-date'],
		[{ endDate: '2026-12-24' }, 400, 'invalid-end-date'],
		[{ statementLines: [] }, 400, 'invalid-request'],
		[{ feedConnectionId: '11111111-2222-4333-8444-555555555555' }, 403, 'invalid-feed-connection'],
	])('is refused where it is %j: %i %s', async (changes, status, type) => {
		const answer = await sent(statement(await connected(), changes));

		expect(answer.status).toBe(status);
		expect(answer.json).toMatchObject({ type, status });
	});

	it('names the field that is too long in the words of Xero', async () => {
		const statementLines = [line({ chequeNumber: '1'.repeat(21) })];

		expect((await sent(statement(await connected(), { statementLines }))).json).toMatchObject({
			detail:
				"For the request field 'StatementLine.ChequeNumber' exceeded the maximum length of 20.",
		});
	});

	it('wants its lines oldest first', async () => {
		const statementLines = [line({ postedDate: '2026-11-12' }), line({ postedDate: '2026-11-11' })];
		const changes = { statementLines, endBalance: money('200') };

		expect((await sent(statement(await connected(), changes))).status).toBe(400);
	});

	it('is a duplicate when all of its transactions are known, and none when one is new', async () => {
		const feed = await connected();
		const known = line();
		await sent(statement(feed, { statementLines: [known] }));

		const again = await sent(statement(feed, { statementLines: [known] }));
		expect(again.status).toBe(409);
		expect(items(again)).toMatchObject([
			{ status: 'REJECTED', errors: [{ type: 'duplicate-statement' }] },
		]);
		const more = { statementLines: [known, line()], endBalance: money('200') };
		expect((await sent(statement(feed, more))).status).toBe(202);
	});

	it('takes 3 MB in a request', async () => {
		const long = line({ description: 'x'.repeat(2_000) });
		const many = Array.from({ length: 1_600 }, () => long);

		const answer = await sent(statement(await connected(), { statementLines: many }));
		expect(answer.status).toBe(413);
		expect(answer.json['detail']).toMatch(
			/^Request size of \d+ bytes exceeds the limit of 3000000 bytes\.$/,
		);
	});
});

describe('who may not', () => {
	it.each([
		[{ approved: false }, 'invalid-application'],
		[{ organisationAllowed: false }, 'invalid-organisation-bank-feeds'],
	])('is told so where %j: 403 %s', async (bankFeeds, type) => {
		await sandbox.setFaults({ bankFeeds });

		for (const answer of [await send('GET', '/FeedConnections'), await sent(statement('x'))]) {
			expect(answer.status).toBe(403);
			expect(answer.json).toMatchObject({ type, status: 403 });
		}
	});

	it('cannot even ask for the scope while the app is not registered for bank feeds', async () => {
		const app = await sandbox.createApp({ bankFeeds: false });

		await expect(sandbox.authorise(app, { scopes: ['bankfeeds'] })).rejects.toThrow(
			'invalid_scope',
		);
	});
});
