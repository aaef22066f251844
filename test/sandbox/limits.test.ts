import { createRateLimiter } from '../../hub-server/sandbox/limits/createRateLimiter';
import { Limits } from '../../hub-server/sandbox/limits/Limits';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

describe('the limits of the sandbox', () => {
	let sandbox: ConnectedSandbox;
	beforeEach(async () => {
		sandbox = await connectSandbox({ now: () => Date.UTC(2026, 10, 22, 12) });
	});
	afterEach(() => sandbox.close());

	const remaining = (headers: Headers) =>
		['x-daylimit-remaining', 'x-minlimit-remaining', 'x-appminlimit-remaining'].map((name) =>
			headers.get(name),
		);

	it('are told in the headers of every answer, refusals of the request included', async () => {
		await sandbox.setLimits({});

		expect(remaining((await sandbox.get('/Organisation')).headers)).toEqual(['999', '59', '9999']);
		expect(remaining((await sandbox.get('/Invoices?where=rubbish')).headers)).toEqual([
			'998',
			'58',
			'9998',
		]);
	});

	it('allow 5,000 calls a day from the Core tier on', async () => {
		await sandbox.setLimits({});
		const app = await sandbox.createApp({ tier: 'core' });
		const tokens = await sandbox.authorise(app);

		const answer = await sandbox.call(tokens, sandbox.tenantId, 'GET', '/api.xro/2.0/Organisation');

		expect(remaining(answer.headers)[0]).toBe('4999');
	});

	it.each([
		[{ minute: 2 }, 'minute'],
		[{ day: 2 }, 'day'],
		[{ appMinute: 2 }, 'appminute'],
	])('refuse with 429 and the name of the limit: %j', async (limits, problem) => {
		await sandbox.setLimits(limits);
		await sandbox.get('/Organisation');
		await sandbox.get('/Organisation');

		const refused = await sandbox.get('/Organisation');

		expect(refused).toMatchObject({ status: 429, text: '' });
		expect(refused.headers.get('x-rate-limit-problem')).toBe(problem);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('count again once the window is over', async () => {
		await sandbox.setLimits({ minute: 1 });
		await sandbox.get('/Organisation');
		const refused = await sandbox.get('/Organisation');

		await sandbox.advanceClock(Number(refused.headers.get('retry-after')));

		expect((await sandbox.get('/Organisation')).status).toBe(200);
	});

	it('allow five calls in flight, and give no Retry-After for more unless switched', async () => {
		await sandbox.setLimits({});
		await sandbox.setFaults({ latencyMs: 50 });
		const six = await Promise.all(Array.from({ length: 6 }, () => sandbox.get('/Organisation')));
		const refused = six.filter(({ status }) => status === 429);

		expect(refused).toHaveLength(1);
		expect(refused[0]?.headers.get('x-rate-limit-problem')).toBe('concurrent');
		expect(refused[0]?.headers.get('retry-after')).toBeNull();
		expect((await sandbox.get('/Organisation')).status).toBe(200);
	});

	it('count each organisation by itself', async () => {
		await sandbox.setLimits({ minute: 1 });
		const second = (await sandbox.state()).organisations[1]?.tenantId as string;
		const tokens = await sandbox.authorise(sandbox.app, { organisations: [second] });
		await sandbox.get('/Organisation');

		expect((await sandbox.get('/Organisation')).status).toBe(429);
		expect((await sandbox.call(tokens, second, 'GET', '/api.xro/2.0/Organisation')).status).toBe(
			200,
		);
	});
});

describe('a fixed window', () => {
	it('lasts its whole length and then starts anew, at a moment of its own per organisation', () => {
		let nowMs = 0;
		const limiter = createRateLimiter({
			now: () => nowMs,
			limits: () => Limits.parse({ minute: 1 }),
		});
		const enter = (tenantId: string) => {
			const verdict = limiter.enter({ clientId: 'app', tier: 'core', tenantId });
			if (verdict.ok) verdict.release();
			return verdict;
		};
		const resetOf = (tenantId: string) => {
			enter(tenantId);
			const refused = enter(tenantId);
			return refused.ok ? 0 : refused.retryAfterSeconds;
		};

		const waits = ['one', 'two', 'three'].map(resetOf);
		expect(new Set(waits).size).toBeGreaterThan(1);

		nowMs = ((waits[0] as number) - 1) * 1_000;
		expect(enter('one').ok).toBe(false);
		nowMs = (waits[0] as number) * 1_000;
		expect(enter('one').ok).toBe(true);
	});
});
