import type { Clock } from '../clock';
import { findJumps } from '../gaps/findJumps';
import { findSilence } from '../gaps/findSilence';
import { BEAT_EVERY_MS, createHubPulse } from '../gaps/hubPulse';
import type { Metrics } from '../http/metrics';
import type { Log } from '../Log';
import { createHubLease } from '../work/hubLease';
import { startRunLoop } from '../work/runLoop';
import type { Stores } from './openStores';

/** Finds the times in which webhooks may have been missed; a sync repairs them. */
export interface Gaps {
	/** Looks for nothing more. */
	stop(): Promise<void>;
}

const WATCH_EVERY_MS = 60_000;

const WATCH_LEASE_MS = 5 * 60_000;

/** What was told before a hub started is looked at for so long. */
const FIRST_LOOK_MS = 24 * 3600_000;

export function startGaps(deps: {
	readonly stores: Pick<Stores, 'database'>;
	readonly metrics: Pick<Metrics, 'gapsFound'>;
	readonly log: Pick<Log, 'warn' | 'error'>;
	readonly now: Clock;
}): Gaps {
	const { stores, metrics, log, now } = deps;
	const { db, engine } = stores.database;

	const pulse = createHubPulse({ db, engine, now });
	const beating = startRunLoop({
		async take() {
			const found = await pulse.beat();
			if (found > 0) {
				metrics.gapsFound('outage', found);
				log.warn({ organisations: found }, 'No hub took webhooks for a while: it is made up for.');
			}
			return 'rest';
		},
		restMs: () => BEAT_EVERY_MS,
		onFault: (cause) =>
			log.error({ err: cause }, 'The hub cannot write: it takes no webhooks meanwhile.'),
	});

	const lease = createHubLease({ db, name: 'gap_watch', durationMs: WATCH_LEASE_MS, now });
	let lookedAt = now() - FIRST_LOOK_MS;
	const watching = startRunLoop({
		async take() {
			if (!(await lease.hold())) return 'rest';
			const at = now();
			metrics.gapsFound('sequence', await findJumps(db, engine, at));
			metrics.gapsFound('silence', await findSilence(db, { since: lookedAt, now: at }));
			lookedAt = at;
			return 'rest';
		},
		restMs: () => WATCH_EVERY_MS,
		onFault: (cause) => log.error({ err: cause }, 'Looking for gaps failed; it goes on.'),
	});
	return {
		async stop() {
			await Promise.all([beating.stop(), watching.stop()]);
			await lease.release();
		},
	};
}
