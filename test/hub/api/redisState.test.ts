import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startRedis } from '../../support/redis';
import { startTestHub, type TestHub } from '../../support/startTestHub';

describe('a hub with a doorbell in Redis', () => {
	let t: TestHub;
	let port: number;
	beforeAll(async () => {
		port = await freePort();
		t = await startTestHub({ env: { REDIS_URL: `redis://:hunter2@127.0.0.1:${port}/1` } });
	});
	afterAll(() => t.close());

	const ready = () => t.call('GET', '/readyz', undefined, null);
	const metric = async () => {
		const { body } = await t.call('GET', '/metrics', undefined, null);
		return /^xero_hub_redis_up (\d)/m.exec(body as string)?.[1];
	};

	it('is ready without Redis, and says that it is away', async () => {
		expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', redis: 'away' } });
		expect(await metric()).toBe('0');
		await eventually('the log to say so', async () =>
			t.logLines.some((line) => line.includes('Redis is away')) ? true : undefined,
		);
		expect(t.logLines.join()).not.toContain('hunter2');
	});

	it('says when Redis is there', async () => {
		const redis = await startRedis({ port, password: 'hunter2' });

		await eventually('the hub to find Redis', async () =>
			(await ready()).body.redis === 'up' ? true : undefined,
		);

		expect(await metric()).toBe('1');
		await redis.kill();
		await eventually('the hub to miss Redis', async () =>
			(await ready()).body.redis === 'away' ? true : undefined,
		);
		expect((await ready()).status).toBe(200);
	});
});

describe('a hub without one', () => {
	it('says nothing of Redis', async () => {
		const t = await startTestHub();

		const { body } = await t.call('GET', '/readyz', undefined, null);
		const { body: metrics } = await t.call('GET', '/metrics', undefined, null);
		await t.close();

		expect(body).not.toHaveProperty('redis');
		expect(metrics).not.toContain('redis');
	});
});
