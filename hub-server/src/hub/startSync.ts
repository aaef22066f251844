import type { Clock } from '../clock';
import type { Config, SyncConfig } from '../config/Config';
import type { Log } from '../Log';
import { DAY_MS } from '../retention/RetentionDays';
import { createDayPlans } from '../sync/dayPlans';
import { createRunStep } from '../sync/runStep';
import { createStoreDeletions } from '../sync/storeDeletions';
import { createStoreSlice } from '../sync/storeSlice';
import { createStreamLedger } from '../sync/streamLedger';
import { startStreamRunner } from '../sync/streamRunner';
import { serveSubscription } from '../sync/serveSubscription';
import { createBaselinesOf } from '../sync/baselines';
import { beginRepairs } from '../sync/beginRepairs';
import { beginStreams } from '../sync/beginStreams';
import { bringBackStreams } from '../sync/bringBackStreams';
import { createRepairLedger } from '../sync/repairLedger';
import { createStreamStore } from '../sync/streamStore';
import { createKeepsFresh } from '../sync/keepsFresh';
import { createMeasureList } from '../sync/measureList';
import type { SyncSide } from '../sync/SyncSide';
import { createTellOverdue } from '../sync/tellOverdue';
import { createTimeZoneOf } from '../sync/timeZoneOf';
import { estimateCalls, pagesOf } from '../sync/estimateCalls';
import { sweepsByItself } from '../sync/nextKind';
import { runProgress } from '../sync/runProgress';
import type { Stream, SyncRun } from '../sync/Stream';
import { faultOfCron } from '../sync/nextRunAt';
import type { Ring } from '../work/Doorbell';
import { startRunLoop } from '../work/runLoop';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** Scheduled sync: its streams, kept and run. */
export interface Sync extends SyncSide {
	/** Begins nothing more, and waits for what is being stored. */
	stop(): Promise<void>;
}

export interface SyncDeps {
	readonly config: Pick<Config, 'xero' | 'keepDays'>;
	readonly sync: SyncConfig;
	readonly stores: Pick<Stores, 'database' | 'recordSealOf' | 'workspaceLimits'>;
	readonly xero: Pick<XeroSide, 'api' | 'readRecords' | 'readDayBudgets'>;
	readonly log: Pick<Log, 'error' | 'info'>;
	readonly now: Clock;
	/** Told of the deliveries that became due. */
	onDue(due: readonly Ring[]): void;
	/** Records a page. Default: Xero's most. */
	readonly pageSize?: number;
}

/** Longer than the slowest page and its storing, which renews it. */
const LEASE_MS = 180_000;

/** How soon an organisation that was connected begins. */
const KEEP_MS = 1_000;

/** Gaps are rare, and repaired within seconds. */
const REPAIR_POLL_MS = 5_000;

export function startSync(deps: SyncDeps): Sync {
	const { config, stores, xero, log, now, onDue } = deps;
	const { db, engine } = stores.database;
	const apiUrl = config.xero.api;
	const fault = (text: string) => (cause: unknown) => log.error({ err: cause }, text);

	const streams = createStreamStore({ db, now });
	const dayPlans = createDayPlans({ db, now, readDayBudgets: xero.readDayBudgets });
	const measureList = createMeasureList({ db, api: xero.api, now });
	const serving = { db, streams, workspaceLimits: stores.workspaceLimits };
	const side = {
		streams,
		keepsRecords: deps.sync.keepsRecords,
		measureList,
		keepsFresh: createKeepsFresh({ db, keepsRecords: deps.sync.keepsRecords, now }),
		baselinesOf: createBaselinesOf({ db, measureList }),
		estimate: (stream: Parameters<SyncSide['estimate']>[0]) => estimateCalls(stream, now()),
		progressOf: (stream: Stream, lastRun: SyncRun | null) => runProgress(stream, lastRun, now()),
		sweepCost: ({
			entity,
			known,
			knownBytes,
		}: Pick<Stream, 'entity' | 'known' | 'knownBytes'>) => ({
			calls: pagesOf(entity, known),
			bytes: knownBytes,
			needsConsent: !sweepsByItself({ known, sweepConfirmed: false }),
		}),
		dayPlanOf: dayPlans.of,
		faultOfCron,
	};
	const serve: SyncSide['serve'] = (workspaceId, wish) =>
		serveSubscription(serving, workspaceId, wish, now());
	if (!deps.sync.runs) {
		return { ...side, serve, wake: () => undefined, stop: async () => undefined };
	}

	const ledger = createStreamLedger({ db, engine, now, dayPlans });
	const storing = {
		...{ db, engine, apiUrl, now },
		recordSealOf: stores.recordSealOf,
		keepsRecords: deps.sync.keepsRecords,
		leaseMs: LEASE_MS,
	};
	const stepping = {
		db,
		api: xero.api,
		readRecords: xero.readRecords,
		storeSlice: createStoreSlice(storing),
		storeDeletions: createStoreDeletions(storing),
		tellOverdue: createTellOverdue(storing),
		timeZoneOf: createTimeZoneOf({ db, api: xero.api, now }),
		onDue,
		now,
		pageSize: deps.pageSize,
	};
	const runner = startStreamRunner({
		ledger,
		runStep: createRunStep({ ...stepping, ledger }),
		leaseMs: LEASE_MS,
		onFault: fault('A run of a sync failed; it goes on when its lease ends.'),
	});
	const repairs = createRepairLedger({ db, engine, now, dayPlans });
	const repairer = startStreamRunner({
		ledger: repairs,
		runStep: createRunStep({ ...stepping, ledger: repairs }),
		leaseMs: LEASE_MS,
		onFault: fault('The repair of a gap failed; it goes on when its lease ends.'),
		pollMs: REPAIR_POLL_MS,
	});
	const keptMs = config.keepDays.events * DAY_MS;
	const repairing = startRunLoop({
		async take() {
			const begun = await beginRepairs(db, engine, { now: now(), keptMs });
			if (begun > 0) repairer.wake();
			return begun > 0 ? 'again' : 'rest';
		},
		restMs: () => REPAIR_POLL_MS,
		onFault: fault('The repair of gaps could not begin; it is tried again.'),
	});
	const beginning = startRunLoop({
		async take() {
			const begun = await beginStreams(serving, now());
			const broughtBack = await bringBackStreams(db, now);
			if (begun + broughtBack > 0) runner.wake();
			return begun > 0 ? 'again' : 'rest';
		},
		restMs: () => KEEP_MS,
		onFault: fault('The streams of a new organisation could not be made; it is tried again.'),
	});
	return {
		...side,
		async serve(workspaceId, wish) {
			await serve(workspaceId, wish);
			runner.wake();
		},
		wake: () => runner.wake(),
		async stop() {
			await Promise.all([
				...[beginning.stop(), repairing.stop()],
				...[runner.stop(), repairer.stop()],
			]);
		},
	};
}
