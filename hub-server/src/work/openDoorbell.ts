import type { Log } from '../Log';
import type { Doorbell } from './Doorbell';
import { createInProcessDoorbell } from './inProcessDoorbell';
import { loadRedis } from './loadRedis';

/**
 * The doorbell that the configuration asks for. Does not wait for Redis: a hub starts without it, and
 * goes on without it.
 */
export function openDoorbell(
	{ redisUrl }: { readonly redisUrl?: string | undefined },
	log: Log,
): Doorbell {
	if (redisUrl === undefined) return createInProcessDoorbell();
	const { createBullDoorbell } = loadRedis();
	return createBullDoorbell({
		url: redisUrl,
		onState: (state, reason) =>
			state === 'up'
				? log.info({}, 'Redis is there: the hubs ring each other.')
				: log.warn(
						{ reason },
						'Redis is away: deliveries go on by the schedule in the ledger, up to a second later.',
					),
		onWarning: (text) => log.warn({}, text),
	});
}
