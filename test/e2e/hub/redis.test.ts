import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startReceiver, type Receiver } from '../../support/receiver';
import { startRedis, type RunningRedis } from '../../support/redis';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startHubCluster, type HubCluster } from './hubCluster';

/** What the guide promises of a Redis that is lost, in milliseconds from Xero's POST to the workflow's. */
const LATEST_MS = 5_000;

/** In the order of a bad day: each test finds the hubs as the one before left them. */
describe('two hub processes on one PostgreSQL that ring each other through Redis', () => {
	let cluster: HubCluster;
	let receiver: Receiver;
	let port: number;
	let redis: RunningRedis;

	beforeAll(async () => {
		[receiver, port] = await Promise.all([startReceiver(), freePort()]);
		cluster = await startHubCluster(2, {
			env: { REDIS_URL: `redis://127.0.0.1:${port}`, HUB_ALLOWED_TARGETS: receiver.url },
		});
		const [hub] = cluster.hubs;
		const subscribed = await hub?.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/webhook/one`, events: ['*'] },
			cluster.workspace.apiKey,
		);
		expect(subscribed?.status).toBe(201);
	}, 120_000);
	afterAll(async () => {
		redis.thaw();
		await redis.kill();
		await cluster.stop();
		await receiver.close();
	}, 60_000);

	/** Xero tells each hub of a change; resolves when the workflow has both. */
	async function deliverByEach(): Promise<void> {
		const { slug, app } = cluster.workspace;
		const events = cluster.hubs.map(() => xeroEvent());
		const began = performance.now();
		await Promise.all(
			cluster.hubs.map(async (hub, index) => {
				const body = payloadOf(events[index] ?? {});
				const { status } = await postWebhook(
					`${hub.url}/webhooks/xero/${slug}`,
					body,
					signatureOf(body, app.webhookKey),
				);
				expect(status).toBe(200);
			}),
		);
		const isThere = ({ resourceId }: { resourceId: string }) =>
			receiver.received.some(({ body }) => body.includes(resourceId));
		while (!events.every(isThere)) await receiver.until(receiver.received.length + 1);
		expect(performance.now() - began).toBeLessThan(LATEST_MS);
	}

	async function untilHubsSay(state: 'up' | 'away'): Promise<void> {
		await eventually(
			`the hubs to find Redis ${state}`,
			async () => {
				const ready = await Promise.all(
					cluster.hubs.map(async ({ url }) => fetch(`${url}/readyz`)),
				);
				// Without Redis too a hub is ready for Xero.
				expect(ready.map(({ status }) => status)).toEqual([200, 200]);
				const bodies = await Promise.all(
					ready.map(async (response) => (await response.json()) as { redis: string }),
				);
				return bodies.every((body) => body.redis === state) || undefined;
			},
			{ intervalMs: 50 },
		);
	}

	it('deliver while there is none', async () => {
		await untilHubsSay('away');

		await deliverByEach();
	}, 60_000);

	it('put their rings into it when it comes later', async () => {
		redis = await startRedis({ port });
		await untilHubsSay('up');
		const { commands, stop } = await redis.watch();
		const rung = () => commands.flat().filter((text) => text.includes('"deliveryId"'));

		await deliverByEach();
		await eventually('a job for each delivery', async () => rung().length >= 2 || undefined);
		stop();

		const ids = await cluster.db.selectFrom('deliveries').select('id').execute();
		for (const text of rung()) {
			const job = JSON.parse(text) as unknown;
			expect(job).toEqual({ deliveryId: expect.any(String), attempt: 1 });
			expect(ids).toContainEqual({ id: (job as { deliveryId: string }).deliveryId });
		}
		const keys = (await redis.ask('KEYS', '*')) as string[];
		expect(keys.length).toBeGreaterThan(0);
		expect(keys.filter((key) => !key.startsWith('{xh}:'))).toEqual([]);
	}, 60_000);

	it('deliver after it was emptied', async () => {
		await redis.ask('FLUSHALL');

		await deliverByEach();
	}, 60_000);

	it('deliver while it hangs, and when it goes on', async () => {
		redis.freeze();
		await deliverByEach();
		await untilHubsSay('away');
		await deliverByEach();

		redis.thaw();
		await untilHubsSay('up');
		await deliverByEach();
	}, 60_000);

	it('deliver when it is killed, and when it comes back empty', async () => {
		await redis.kill();
		await deliverByEach();
		await untilHubsSay('away');
		await deliverByEach();

		redis = await startRedis({ port });
		await untilHubsSay('up');
		await deliverByEach();
	}, 60_000);

	it('have lost nothing and given up nothing', async () => {
		const rows = await eventually('every delivery to be written down', async () => {
			const all = await cluster.db.selectFrom('deliveries').select(['status', 'attempt']).execute();
			return all.every(({ status }) => status === 'delivered') ? all : undefined;
		});

		expect(rows).toHaveLength(18);
		expect(rows.filter(({ attempt }) => attempt !== 1)).toEqual([]);
		expect(receiver.received).toHaveLength(18);
		expect(cluster.hubs.map(({ process }) => process.log()).join()).not.toMatch(/unhandled/i);
	}, 60_000);
});
