import Bull, { type Queue } from 'bull';
import type { Ring } from './Doorbell';
import { ANSWER_MS, evictionFault, redisConnection } from './redisConnection';

/** In braces, so that on a cluster all keys are in one slot. Unlike n8n's `bull`. */
export const REDIS_PREFIX = '{xh}';

export const QUEUE_NAME = 'deliveries';

/** Seconds that a worker's blocking question stays open when there is nothing. */
const POP_SECONDS = 5;

/** A worker on whose connection nothing moved for this long asks no more, or is not answered. */
const DEAF_MS = 3 * POP_SECONDS * 1_000;

/** A queue on connections of its own. Once something is wrong with it, it is hung up and a new one opened. */
export interface BullLine {
	/** Resolves when all rings are in Redis. @throws when Redis refuses, or does not answer in time */
	add(rings: readonly Ring[]): Promise<void>;
	/** Begins to take rings. */
	answer(heard: (ring: Ring) => void): void;
	/** @throws when Redis does not answer, or takes no writes */
	probe(): Promise<void>;
	/** Why rings may get lost in this Redis; undefined when it is set up well. */
	readonly warning: string | undefined;
	/** Ends within seconds, also when Redis hangs. */
	hangUp(): Promise<void>;
}

/**
 * Opens it only when Redis answers: a Bull queue that is made while Redis is away stays dead after it
 * has come back ("Error initializing Lua scripts").
 *
 * @throws when Redis is away, hangs, or refuses
 */
export async function openBullLine(deps: {
	readonly url: string;
	/** A connection was lost. */
	onLost(): void;
}): Promise<BullLine> {
	const { url, onLost } = deps;
	const connections = {
		client: redisConnection(url, {
			enableOfflineQueue: false,
			maxRetriesPerRequest: 0,
			commandTimeout: ANSWER_MS,
		}),
		// Bull refuses these two where their commands end by themselves.
		bclient: redisConnection(url, { maxRetriesPerRequest: null }),
		subscriber: redisConnection(url, { maxRetriesPerRequest: null }),
	};
	const client = connections.client.redis;
	const bclient = connections.bclient.redis;
	const all = Object.values(connections).map(({ redis }) => redis);
	const disconnect = () => all.forEach((redis) => redis.disconnect());

	const probe = async () => {
		// A write: a full Redis and a read-only replica both answer a ping.
		await client.set(`${REDIS_PREFIX}:probe`, '1', 'PX', 60_000);
	};

	let warning: string | undefined;
	try {
		await inTime(Promise.all(all.map((redis) => redis.connect())));
		await probe();
		warning = await evictionFault(client);
	} catch (cause) {
		disconnect();
		const faults = Object.values(connections).map(({ fault }) => fault());
		throw faults.find((fault) => fault !== undefined) ?? cause;
	}

	const queue: Queue<Ring> = new Bull<Ring>(QUEUE_NAME, {
		prefix: REDIS_PREFIX,
		createClient: (type) => connections[type].redis,
		defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
		settings: {
			drainDelay: POP_SECONDS,
			retryProcessDelay: 250,
			// There are no delayed jobs to look for.
			guardInterval: 60_000,
			// A ring that a killed hub had taken rings again; it is never worth a failure.
			maxStalledCount: 1_000_000,
		},
	});
	// Bull sends CLIENT SETNAME and lets its refusal go unhandled, which would end the process when the
	// connection is lost at that moment. Ours have their name.
	Object.assign(queue, { setWorkerName: async () => undefined });

	let isHungUp = false;
	const lost = () => {
		if (!isHungUp) onLost();
	};
	all.forEach((redis) => redis.once('end', lost));

	return {
		warning,
		async add(rings) {
			// One by one, not as a MULTI, where ioredis cannot load a script that Redis has forgotten.
			await Promise.all(
				rings.map((ring) => queue.add(ring, { jobId: `${ring.deliveryId}-${ring.attempt}` })),
			);
		},
		answer(heard) {
			// The socket's own: the timer of ioredis's socketTimeout outlives its connection.
			bclient.stream.setTimeout(DEAF_MS, () => bclient.disconnect());
			queue.process(async ({ data }) => heard(data)).catch(lost);
		},
		probe,
		async hangUp() {
			isHungUp = true;
			disconnect();
			// Closing makes Bull open its blocking connection once more (Queue.pause), and a Redis that hangs
			// never answers there.
			const again = setInterval(disconnect, ANSWER_MS / 2);
			await queue
				.close(true)
				.catch(() => undefined)
				.finally(() => clearInterval(again));
			disconnect();
		},
	};
}

/** A Redis that hangs accepts connections, for the kernel does that. */
async function inTime(work: Promise<unknown>): Promise<void> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error('Redis does not answer.')), 2 * ANSWER_MS);
	await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
