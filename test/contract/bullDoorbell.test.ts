import { createBullDoorbell } from '../../hub-server/src/work/bullDoorbell';
import type { Doorbell } from '../../hub-server/src/work/Doorbell';
import { startRedis, type RunningRedis } from '../support/redis';
import { describeDoorbell } from './doorbell';

let redis: RunningRedis;
beforeAll(async () => {
	redis = await startRedis();
});
afterAll(() => redis.kill());

/** Once Redis carries its rings. */
async function untilUp(): Promise<Doorbell> {
	return await new Promise((resolve) => {
		const doorbell: Doorbell = createBullDoorbell({
			url: redis.url,
			onState: (state) => state === 'up' && resolve(doorbell),
			onWarning: () => undefined,
		});
	});
}

describeDoorbell('on Bull', async () => {
	await redis.ask('FLUSHALL');
	const hubs = await Promise.all([untilUp(), untilUp()]);
	return {
		hubs,
		async close() {
			await Promise.all(hubs.map((hub) => hub.close()));
		},
	};
});
