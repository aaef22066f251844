import { Redis, type RedisOptions } from 'ioredis';

/** Longest wait for a connection, and for the answer to a command that does not block. */
export const ANSWER_MS = 1_000;

export interface RedisConnection {
	/** Not connected yet. */
	readonly redis: Redis;
	/** What the connection itself complained of: a command of it would only say that it is closed. */
	fault(): Error | undefined;
}

/**
 * A connection that tries nothing by itself: once it is lost it stays lost, and its owner makes a new
 * one. It does not print its complaints.
 */
export function redisConnection(url: string, options: RedisOptions): RedisConnection {
	const redis = new Redis(url, {
		connectionName: 'xero-hub',
		lazyConnect: true,
		connectTimeout: ANSWER_MS,
		disconnectTimeout: 500,
		keepAlive: 5_000,
		enableReadyCheck: false,
		retryStrategy: () => null,
		...options,
	});
	let fault: Error | undefined;
	redis.on('error', (cause: Error) => (fault ??= cause));
	return { redis, fault: () => fault };
}

/**
 * Why Redis may throw keys away while a job runs ("Missing lock for job"), as a sentence; undefined when
 * it does not. Managed Redis often forbids the question.
 */
export async function evictionFault(redis: Pick<Redis, 'config'>): Promise<string | undefined> {
	let policy: string | undefined;
	try {
		// [name, value]
		[, policy] = (await redis.config('GET', 'maxmemory-policy')) as [string, string];
	} catch {
		return 'Redis does not tell its maxmemory-policy: make sure that it is noeviction.';
	}
	if (policy === 'noeviction') return undefined;
	return `The maxmemory-policy of Redis is ${policy}: set it to noeviction, or rings get lost.`;
}
