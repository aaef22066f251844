import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import type { Metrics } from '../http/metrics';
import type { Log } from '../Log';
import { createFindOverQuota } from '../retention/findOverQuota';
import { createFirstPurge } from '../retention/firstPurge';
import { createPurgeSteps } from '../retention/purgeSteps';
import { startRetentionKeeper } from '../retention/retentionKeeper';
import { createHubLease } from '../work/hubLease';
import type { Stores } from './openStores';

/** Deletes what is old, by itself. */
export interface Retention {
	/** Begins no step more, and lets another hub go on. */
	stop(): Promise<void>;
}

/** Many times a step and its rest. */
const LEASE_MS = 120_000;

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
	return {
		async stop() {
			await keeper.stop();
			await lease.release();
		},
	};
}
