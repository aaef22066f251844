import { ANSWER_MS, evictionFault, redisConnection } from './redisConnection';

/** What `doctor` wants to know of the Redis of the doorbell. */
export interface RedisReport {
	/** Why rings may get lost in it; undefined when it is set up well. */
	readonly evictionFault: string | undefined;
	/** Whether n8n's queue is in the same database number. */
	readonly isSharedWithN8n: boolean;
}

/** n8n's queue under its usual prefix: Bull's counter of jobs. */
const N8N_KEY = 'bull:jobs:id';

/** @throws when Redis cannot be reached, hangs, or refuses */
export async function inspectRedis(url: string): Promise<RedisReport> {
	const { redis, fault } = redisConnection(url, {
		commandTimeout: 5 * ANSWER_MS,
		connectTimeout: 5 * ANSWER_MS,
		maxRetriesPerRequest: 0,
	});
	try {
		await redis.connect();
		return {
			isSharedWithN8n: (await redis.exists(N8N_KEY)) === 1,
			evictionFault: await evictionFault(redis),
		};
	} catch (cause) {
		throw fault() ?? cause;
	} finally {
		redis.disconnect();
	}
}
