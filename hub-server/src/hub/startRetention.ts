import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import type { Metrics } from '../http/metrics';
import type { Log } from '../Log';
import { createFindOverQuota } from '../retention/findOverQuota';
import { createFirstPurge } from '../retention/firstPurge';
import { createPurgeRecords } from '../retention/purgeRecords';
import { purgeWrites } from '../writes/purgeWrites';
import { createPurgeSteps } from '../retention/purgeSteps';
import { DAY_MS } from '../retention/RetentionDays';
import { startRetentionKeeper } from '../retention/retentionKeeper';
import { createHubLease } from '../work/hubLease';
import { startRunLoop } from '../work/runLoop';
import type { Stores } from './openStores';

/** Deletes what is old, by itself. */
export interface Retention {
	/** Begins no step more, and lets another hub go on. */
	stop(): Promise<void>;
}

/** Many times a step and its rest. */
const LEASE_MS = 120_000;

/** Some thousand rows a minute, and as much rest as they take. */
const PURGE_REST_MS = 50;

/** An organisation that was removed is purged within a day, and begins at once. */
const PURGE_POLL_MS = 5_000;

export function startRetention(deps: {
	readonly config: Pick<Config, 'keepDays' | 'quotas'>;
	readonly stores: Pick<Stores, 'database' | 'workspaces'>;
	readonly metrics: Pick<Metrics, 'rowsPurged'>;
	readonly log: Pick<Log, 'error'>;
	readonly now: Clock;
	readonly uptime: Uptime;
}): Retention {
	const { config, stores, metrics, log, now, uptime } = deps;
	const { db, engine } = stores.database;
	const days = config.keepDays;
	const lease = createHubLease({ db, name: 'retention', durationMs: LEASE_MS, now });
	const keeper = startRetentionKeeper({
		steps: createPurgeSteps({ db, engine }),
		days,
		firstPurge: createFirstPurge({ db, days }),
		lease,
		findOverQuota: createFindOverQuota({
			db,
			workspaces: stores.workspaces,
			quotas: config.quotas,
		}),
		now,
		uptime,
		onPurged: (kind, rows) => metrics.rowsPurged(kind, rows),
		onFault: (cause) => log.error({ err: cause }, 'Deleting what is old failed; it goes on later.'),
	});
	const purgeRecords = createPurgeRecords({ db, engine, now });
	let isPurging = false;
	const recordPurge = startRunLoop({
		async take() {
			const areWritesLeft = await purgeWrites(db, {
				now: now(),
				keptMs: days.events * DAY_MS,
			});
			isPurging = (await purgeRecords()) || areWritesLeft;
			return 'rest';
		},
		restMs: () => (isPurging ? PURGE_REST_MS : PURGE_POLL_MS),
		onFault: (cause) =>
			log.error({ err: cause }, 'Deleting what was read of an organisation failed; it goes on.'),
		elapsed: uptime,
	});
	return {
		async stop() {
			await Promise.all([keeper.stop(), recordPurge.stop()]);
			await lease.release();
		},
	};
}
