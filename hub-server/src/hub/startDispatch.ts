import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import type { Metrics } from '../http/metrics';
import type { Log } from '../Log';
import { createAttemptDelivery } from '../relay/attemptDelivery';
import type { DeliveryCounts } from '../relay/deliveryCounts';
import { createDeliveryLedger } from '../relay/deliveryLedger';
import { startDispatcher } from '../relay/dispatcher';
import { createKeepRead } from '../relay/keepRead';
import { startParkKeeper } from '../relay/parkKeeper';
import { createProbeTrigger } from '../relay/probeTrigger';
import { createRecordLedger } from '../relay/recordLedger';
import { startRecordReader } from '../relay/recordReader';
import { startReplayRunner } from '../relay/replayRunner';
import type { TargetGuard } from '../relay/targetGuard';
import { createParkedQueues } from '../subscriptions/parkedQueues';
import { startGrantKeeper } from '../xero/grants/grantKeeper';
import type { Doorbell } from '../work/Doorbell';
import { startRunLoop } from '../work/runLoop';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** What goes out by itself: deliveries, the records that they wait for, replays, and idle grants. */
export interface Dispatch {
	/** How long the schedule was not read; for readiness. */
	silentMs(): number;
	/** Starts nothing more, and waits until what is under way is written down. */
	stop(): Promise<void>;
}

export interface DispatchDeps {
	readonly config: Pick<Config, 'sync'>;
	readonly stores: Pick<
		Stores,
		'database' | 'secrets' | 'subscriptions' | 'replays' | 'recordSealOf'
	>;
	readonly deliveryCounts: Pick<DeliveryCounts, 'sumUp'>;
	readonly xero: Pick<XeroSide, 'grants' | 'vault' | 'readRecords'>;
	readonly doorbell: Pick<Doorbell, 'ring' | 'answer'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly metrics: Pick<Metrics, 'deliveryAttempted'>;
	readonly log: Log;
	readonly now: Clock;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
}

/** Some thousand rows of counts at 100 deliveries a second. */
const SUM_UP_MS = 15_000;

export function startDispatch(deps: DispatchDeps): Dispatch {
	const { stores, xero, doorbell, targets, metrics, log, now, random } = deps;
	const { db, engine } = stores.database;
	const fault = (text: string) => (cause: unknown) => log.error({ err: cause }, text);

	const deliveries = createDeliveryLedger({ db, engine, now });
	const dispatcher = startDispatcher({
		ledger: deliveries,
		attempt: createAttemptDelivery({
			ledger: deliveries,
			secrets: stores.secrets,
			targets,
			now,
			random,
			onAttempt: (verdict, ms) => metrics.deliveryAttempted(verdict.kind, ms),
		}),
		onFault: fault('The dispatcher failed; it goes on.'),
	});
	doorbell.answer(() => dispatcher.wake());
	const recordReader = startRecordReader({
		ledger: createRecordLedger({
			...{ db, engine, now },
			keepRead:
				deps.config.sync &&
				createKeepRead({
					recordSealOf: stores.recordSealOf,
					keepsRecords: deps.config.sync.keepsRecords,
				}),
		}),
		readRecords: xero.readRecords,
		onReleased: (due) => doorbell.ring(due),
		onUnavailable: (reason, count) =>
			log.warn(
				{ reason, events: count },
				'Records could not be read; their events go out without.',
			),
		onFault: fault('Reading records failed; it goes on.'),
	});
	const parkKeeper = startParkKeeper({
		queues: createParkedQueues({ db, now }),
		probe: createProbeTrigger({ subscriptions: stores.subscriptions, targets, now }),
		onResumed: ({ workspaceId, subscription: { id, url } }) => {
			log.warn({ workspaceId, subscription: id, url }, 'A deleted trigger answers, so it goes on.');
			dispatcher.wake();
		},
		onFault: fault('Looking after parked queues failed; it goes on.'),
	});
	const replays = startReplayRunner({
		replays: stores.replays,
		onFault: fault('A replay failed; it goes on.'),
	});
	const counts = startRunLoop({
		async take() {
			await deps.deliveryCounts.sumUp();
			return 'rest';
		},
		restMs: () => SUM_UP_MS,
		onFault: fault('Deliveries could not be counted; it is tried again.'),
	});
	const keeper = startGrantKeeper({
		grants: xero.grants,
		vault: xero.vault,
		clock: now,
		random,
		onKept: (grant) => log.info({ grant }, 'Kept an idle grant alive.'),
		onFault: fault('An idle grant could not be kept alive; it is tried again.'),
	});
	return {
		silentMs: () => dispatcher.silentMs(),
		async stop() {
			await Promise.all(
				[dispatcher, recordReader, replays, counts, parkKeeper, keeper].map((part) => part.stop()),
			);
			await deliveries.idle();
		},
	};
}
