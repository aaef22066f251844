import { createBullDoorbell } from '../../../hub-server/src/work/bullDoorbell';
import type { Doorbell, Ring } from '../../../hub-server/src/work/Doorbell';
import { freePort } from '../../support/freePort';
import { startRedis, type RunningRedis } from '../../support/redis';

interface Hub {
	readonly doorbell: Doorbell;
	readonly heard: Ring[];
	/** What its operator was told: `up`, `away: why`, and warnings. */
	readonly told: string[];
	/** Resolves once the operator was told so, or something that begins so. */
	untilTold(text: string, times?: number): Promise<void>;
	untilHeard(deliveryId: string): Promise<void>;
}

let redis: RunningRedis | undefined;
let hubs: Hub[] = [];
afterEach(async () => {
	await Promise.all(hubs.map(({ doorbell }) => doorbell.close()));
	hubs = [];
	await redis?.kill();
	redis = undefined;
});

function startHub(url: string, { answers = true } = {}): Hub {
	const told: string[] = [];
	const heard: Ring[] = [];
	let waiting: Array<() => void> = [];
	const changed = () => {
		const woken = waiting;
		waiting = [];
		for (const wake of woken) wake();
	};
	const until = async (isSo: () => boolean) => {
		while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
	};
	const tell = (text: string) => {
		told.push(text);
		changed();
	};
	const doorbell = createBullDoorbell({
		url,
		onState: (state, reason) => tell(reason === undefined ? state : `${state}: ${reason}`),
		onWarning: tell,
	});
	if (answers) {
		doorbell.answer((ring) => {
			heard.push(ring);
			changed();
		});
	}
	const hub: Hub = {
		doorbell,
		heard,
		told,
		untilTold: (text, times = 1) =>
			until(() => told.filter((one) => one.startsWith(text)).length >= times),
		untilHeard: (id) => until(() => heard.some(({ deliveryId }) => deliveryId === id)),
	};
	hubs.push(hub);
	return hub;
}

/** A hub that only receives, and one that only delivers. */
async function startPair(url: string): Promise<{ receives: Hub; delivers: Hub }> {
	const receives = startHub(url, { answers: false });
	const delivers = startHub(url);
	await Promise.all([receives.untilTold('up'), delivers.untilTold('up')]);
	return { receives, delivers };
}

const ring = (deliveryId: string): Ring[] => [{ deliveryId, attempt: 1 }];

describe('the doorbell on Bull', () => {
	it('puts one job for each ring into Redis and leaves nothing of it there', async () => {
		redis = await startRedis();
		const { commands, stop } = await redis.watch();
		const { receives, delivers } = await startPair(redis.url);

		receives.doorbell.ring([{ deliveryId: 'd1', attempt: 4 }]);
		await delivers.untilHeard('d1');

		const added = commands.find((args) => args.some((text) => text.includes('"deliveryId"'))) ?? [];
		expect(added).toContain('{"deliveryId":"d1","attempt":4}');
		expect(added).toContain('d1-4');
		expect(added.filter((text) => text.startsWith('{xh}:deliveries')).length).toBeGreaterThan(0);
		// JSON inside of what Bull packs its arguments into.
		const [options = '{}'] = /{"attempts".*?}/.exec(added.join(' ')) ?? [];
		expect(JSON.parse(options)).toMatchObject({
			attempts: 1,
			delay: 0,
			removeOnComplete: true,
			removeOnFail: true,
		});
		stop();
		await delivers.doorbell.close();
		const left = (await redis.ask('KEYS', '*')) as string[];
		expect(left.every((key) => key.startsWith('{xh}:'))).toBe(true);
		expect(left.filter((key) => key.includes('d1'))).toEqual([]);
		expect(delivers.heard).toEqual([{ deliveryId: 'd1', attempt: 4 }]);
	});

	it('rings one hub for a delivery that is rung twice before anybody hears', async () => {
		redis = await startRedis();
		const receives = startHub(redis.url, { answers: false });
		await receives.untilTold('up');
		receives.doorbell.ring([...ring('d1'), ...ring('d1'), ...ring('d2')]);
		await receives.doorbell.close();
		expect(await redis.ask('LLEN', '{xh}:deliveries:wait')).toBe(2);

		const delivers = startHub(redis.url);
		await Promise.all([delivers.untilHeard('d1'), delivers.untilHeard('d2')]);

		expect(delivers.heard).toHaveLength(2);
	});

	it('starts without Redis, hears its own rings, and rings others once Redis is there', async () => {
		const port = await freePort();
		const url = `redis://127.0.0.1:${port}`;
		const receives = startHub(url, { answers: false });
		const delivers = startHub(url);
		await Promise.all([receives.untilTold('away'), delivers.untilTold('away')]);
		expect(delivers.doorbell.state()).toBe('away');

		delivers.doorbell.ring(ring('own'));
		await delivers.untilHeard('own');
		receives.doorbell.ring(ring('lost'));

		redis = await startRedis({ port });
		await Promise.all([receives.untilTold('up'), delivers.untilTold('up')]);
		receives.doorbell.ring(ring('theirs'));
		await delivers.untilHeard('theirs');

		expect(delivers.doorbell.state()).toBe('up');
		expect(delivers.told.map((text) => text.split(':')[0])).toEqual(['away', 'up']);
	});

	it('goes on when Redis hangs, and when it answers again', async () => {
		redis = await startRedis();
		const { receives, delivers } = await startPair(redis.url);

		redis.freeze();
		delivers.doorbell.ring(ring('while it hangs'));
		await delivers.untilHeard('while it hangs');
		await Promise.all([receives.untilTold('away'), delivers.untilTold('away')]);
		redis.thaw();

		await Promise.all([receives.untilTold('up', 2), delivers.untilTold('up', 2)]);
		receives.doorbell.ring(ring('after'));
		await delivers.untilHeard('after');
	});

	it('goes on when Redis is killed, and comes back empty', async () => {
		redis = await startRedis();
		const { receives, delivers } = await startPair(redis.url);

		await redis.kill();
		await Promise.all([receives.untilTold('away'), delivers.untilTold('away')]);
		delivers.doorbell.ring(ring('own'));
		await delivers.untilHeard('own');

		redis = await startRedis({ port: redis.port });
		await Promise.all([receives.untilTold('up', 2), delivers.untilTold('up', 2)]);
		receives.doorbell.ring(ring('after'));
		await delivers.untilHeard('after');
	});

	it.each([['FLUSHALL'], ['SCRIPT', 'FLUSH'], ['CLIENT', 'KILL', 'TYPE', 'normal']])(
		'goes on after %s %s',
		async (...command) => {
			redis = await startRedis();
			const { receives, delivers } = await startPair(redis.url);
			receives.doorbell.ring(ring('before'));
			await delivers.untilHeard('before');

			await redis.ask(...(command as [string, ...string[]]));
			// A connection that was closed is known to be so a moment later; then the line is made anew.
			for (let number = 1; !delivers.heard.some(({ attempt }) => attempt === 2); number += 1) {
				receives.doorbell.ring([{ deliveryId: `after ${number}`, attempt: 2 }]);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		},
	);

	it('counts a Redis that takes no writes as away, and says why', async () => {
		redis = await startRedis();
		const { delivers } = await startPair(redis.url);

		await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
		await delivers.untilTold('away: OOM');
		delivers.doorbell.ring(ring('own'));
		await delivers.untilHeard('own');

		await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
		await delivers.untilTold('up', 2);
	});

	it('warns, once, of a Redis that throws keys away', async () => {
		redis = await startRedis({ settings: ['--maxmemory-policy', 'allkeys-lru'] });
		const hub = startHub(redis.url);

		await hub.untilTold('The maxmemory-policy of Redis is allkeys-lru');
		await redis.ask('CLIENT', 'KILL', 'TYPE', 'normal');
		await hub.untilTold('up', 2);

		expect(hub.told.filter((text) => text.startsWith('The maxmemory-policy'))).toHaveLength(1);
	});

	it('warns, and works, where Redis does not tell its settings', async () => {
		redis = await startRedis({ settings: ['--rename-command', 'CONFIG', ''] });
		const hub = startHub(redis.url);

		await hub.untilTold('Redis does not tell its maxmemory-policy');
		hub.doorbell.ring(ring('d1'));
		await hub.untilHeard('d1');
	});

	it('tells of a refused password without it', async () => {
		redis = await startRedis({ password: 'right' });
		const hub = startHub(redis.url.replace('right', 'hunter2'));

		await hub.untilTold('away: WRONGPASS');

		expect(hub.told.join()).not.toContain('hunter2');
	});

	it('takes a password and the number of a database', async () => {
		redis = await startRedis({ password: 'right' });
		const { receives, delivers } = await startPair(`${redis.url}/3`);

		receives.doorbell.ring(ring('d1'));
		await delivers.untilHeard('d1');

		expect(await redis.ask('INFO', 'keyspace')).toMatch(/db3:/);
		expect(await redis.ask('DBSIZE')).toBe(0);
	});

	it('ends while Redis hangs', async () => {
		redis = await startRedis();
		const { receives, delivers } = await startPair(redis.url);

		redis.freeze();
		receives.doorbell.ring(ring('d1'));

		await Promise.all([receives.doorbell.close(), delivers.doorbell.close()]);
		redis.thaw();
	});

	it('keeps no more rings than tell something, and hears the last of many', async () => {
		redis = await startRedis();
		const { receives, delivers } = await startPair(redis.url);
		const many = Array.from({ length: 5_000 }, (_, index) => ({
			deliveryId: `d${index}`,
			attempt: 1,
		}));

		receives.doorbell.ring(many);
		await delivers.untilHeard('d199');
		receives.doorbell.ring(ring('after'));
		await delivers.untilHeard('after');

		expect(delivers.heard).toHaveLength(201);
	});
});
