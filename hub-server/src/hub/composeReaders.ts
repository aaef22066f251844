import { createAlertLedger } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import { createEventReader } from '../events/eventReader';
import { createReadKept } from '../events/keptUsage';
import { createGapReader } from '../gaps/gapReader';
import { createFindGapTroubles } from '../gaps/gapTroubles';
import { createMetrics } from '../http/metrics';
import { HUB_VERSION } from '../api/hubVersion';
import { byIndexOnly } from '../relay/byIndexOnly';
import { oldestDueAt } from '../relay/dueQueues';
import { createDeliveryCounts } from '../relay/deliveryCounts';
import { createDeliveryReader } from '../relay/deliveryReader';
import { createPullLedger } from '../relay/pullLedger';
import { createReadLedgerSize } from '../retention/ledgerSize';
import { createFindWorkflowTroubles } from '../subscriptions/workflowTroubles';
import { createFindPayloadTroubles } from '../webhooks/payloadTroubles';
import { createWaitingPayloads } from '../webhooks/waitingPayloads';
import type { DayCallsLeft } from '../xero/pacing/dayCallsLeft';
import type { Doorbell } from '../work/Doorbell';
import type { Stores } from './openStores';

/** What people, programs and Prometheus are shown of what happens. */
export function composeReaders(deps: {
	readonly stores: Pick<Stores, 'database'>;
	readonly doorbell: Pick<Doorbell, 'state'>;
	readonly now: Clock;
	/** Whether gaps are repaired. */
	readonly isSyncOn: boolean;
	/** What Xero leaves today; asked when somebody looks. */
	readonly dayCallsLeft: () => Promise<DayCallsLeft>;
}) {
	const { stores, doorbell, now, isSyncOn } = deps;
	const { db, engine } = stores.database;

	const troubles = [
		createFindWorkflowTroubles({ db, now }),
		createFindPayloadTroubles({ db, now }),
		createFindGapTroubles({ db, now, isSyncOn }),
	];
	const alerts = createAlertLedger({
		db,
		now,
		async findTroubles(workspaceId) {
			return (await Promise.all(troubles.map((find) => find(workspaceId)))).flat();
		},
	});
	const waiting = createWaitingPayloads(db);
	const deliveryCounts = createDeliveryCounts({ db, engine });
	const pulls = createPullLedger({ db, engine, now });
	const readKept = createReadKept(db);
	return {
		readKept,
		events: createEventReader(db),
		gaps: createGapReader(db, { isSyncOn }),
		deliveries: createDeliveryReader(db),
		deliveryCounts,
		pulls,
		alerts,
		metrics: createMetrics({
			deliveryCounts,
			alerts,
			doorbell,
			readKept,
			version: HUB_VERSION,
			dayCallsLeft: deps.dayCallsLeft,
			async overdueMs() {
				const at = now();
				return at - ((await byIndexOnly(db, engine, (tx) => oldestDueAt(tx, engine, at))) ?? at);
			},
			unpulledMs: () => pulls.oldestMs(),
			readLedgerSize: createReadLedgerSize(db, engine),
			unroutedMs: async () => Math.max(0, now() - ((await waiting.oldestOfAll()) ?? now())),
		}),
	};
}
