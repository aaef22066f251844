/**
 * The one place where Bull and ioredis are loaded: a hub without `REDIS_URL` never comes here. With
 * `require`, for this is CommonJS, whose `import()` would look for an ES module.
 */
export function loadRedis() {
	const { createBullDoorbell } = require('./bullDoorbell') as typeof import('./bullDoorbell');
	const { inspectRedis } = require('./inspectRedis') as typeof import('./inspectRedis');
	return { createBullDoorbell, inspectRedis };
}
