import { eventually } from '../../support/eventually';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

const HOUR_MS = 3600_000;
/** Xero takes statements of the last year only. */
const day = (daysAgo: number) =>
	new Date(Date.now() - daysAgo * 24 * HOUR_MS).toISOString().slice(0, 10);
const money = (amount: string) => ({ amount, creditDebitIndicator: 'CREDIT' });

/** The hub's sync against the sandbox's bank feeds, which share nothing. */
describe('bank feeds', () => {
	let portal: StartedPortal;
	let receiver: Receiver;
	beforeAll(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'on' } }),
			startReceiver(),
		]);
	}, 60_000);
	afterAll(async () => {
		await portal.close();
		await receiver.close();
	});

	it('tell a workflow once what became of each statement, with the reason of a refusal', async () => {
		const acme = await provisionPortal(portal, [receiver.url], { bankFeeds: true });
		const call = (method: string, path: string, body?: unknown) =>
			portal.hub.call(method, `/api/v1${path}`, body, acme.apiKey);
		const feeds = async (path: string, item: object) => {
			const to = `/xero/${acme.tenantId}/bankfeeds.xro/1.0${path}`;
			const { body } = await call('POST', to, { items: [item] });
			return String((body as { items: readonly { id: string }[] }).items[0]!.id);
		};
		const feedConnectionId = await feeds('/FeedConnections', {
			...{ accountToken: 'token-1', accountNumber: '02123400', accountName: 'Savings' },
			...{ accountType: 'BANK', currency: 'NZD' },
		});
		const statement = (daysAgo: number) =>
			feeds('/Statements', {
				feedConnectionId,
				...{ startDate: day(daysAgo), endDate: day(daysAgo) },
				...{ startBalance: money('100'), endBalance: money('150') },
				statementLines: [
					{
						...{ postedDate: day(daysAgo), description: 'Coffee', ...money('50') },
						transactionId: `tx-${daysAgo}`,
					},
				],
			});
		await portal.sandbox.setFaults({ bankFeeds: { deliveryMs: HOUR_MS } });
		const taken = await statement(3);
		await portal.sandbox.setFaults({
			bankFeeds: { deliveryMs: HOUR_MS, reject: 'invalid-end-balance' },
		});
		const refused = await statement(2);
		await call('POST', '/subscriptions', {
			url: `${receiver.url}/statements`,
			events: ['bank_statement.delivered', 'bank_statement.rejected'],
			hydrate: true,
		});
		const stream = await eventually('the baseline', async () => {
			const { items } = (await call('GET', '/syncs?limit=100')).body as {
				items: readonly { id: string; entity: string; baselineAt: string | null }[];
			};
			const one = items.find(({ entity }) => entity === 'bank_statement');
			return (one?.baselineAt ?? null) === null ? undefined : one;
		});
		const run = () =>
			eventually('a free turn', async () =>
				(await call('POST', `/syncs/${stream.id}/run`, {})).status === 202 ? true : undefined,
			);

		await portal.sandbox.advanceClock(2 * 3600);
		await run();
		await receiver.until(2);
		await run();

		const { body: known } = await call(
			'GET',
			`/records/${acme.tenantId}/bank_statement/${refused}`,
		);
		const told = receiver.received.map(({ body }) => JSON.parse(body) as { resource: object });
		expect(told).toHaveLength(2);
		expect(told).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					type: 'bank_statement.delivered',
					resource: expect.objectContaining({ id: taken, entity: 'bank_statement' }),
					previous: { status: 'PENDING' },
				}),
				expect.objectContaining({
					type: 'bank_statement.rejected',
					record: expect.objectContaining({
						id: refused,
						status: 'REJECTED',
						errors: [expect.objectContaining({ type: 'invalid-end-balance' })],
					}),
				}),
			]),
		);
		expect(known).toMatchObject({ entity: 'bank_statement', status: 'REJECTED' });
	}, 60_000);
});
