import type * as BullDoorbell from './bullDoorbell';
import type * as InspectRedis from './inspectRedis';

/**
 * The one place where Bull and ioredis are loaded: a hub without `REDIS_URL` never comes here. With
 * `require`, for this is CommonJS, whose `import()` would look for an ES module.
 */
export function loadRedis() {
	/* eslint-disable @typescript-eslint/no-require-imports -- loaded only when they are asked for */
	const { createBullDoorbell } = require('./bullDoorbell') as typeof BullDoorbell;
	const { inspectRedis } = require('./inspectRedis') as typeof InspectRedis;
	/* eslint-enable @typescript-eslint/no-require-imports */
	return { createBullDoorbell, inspectRedis };
}
