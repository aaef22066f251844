import type { Engine } from '../../hub-server/src/database/engine';
import { createKnownRecords } from '../../hub-server/src/records/knownRecords';
import { createReadRecords } from '../../hub-server/src/records/readRecords';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { findEntity } from '../../hub-server/src/records/xeroEntities';
import { createDayPlans } from '../../hub-server/src/sync/dayPlans';
import { createRunStep } from '../../hub-server/src/sync/runStep';
import type { ClaimedStream } from '../../hub-server/src/sync/Stream';
import { createStoreDeletions } from '../../hub-server/src/sync/storeDeletions';
import { createStoreSlice, type StoreSlice } from '../../hub-server/src/sync/storeSlice';
import { createStreamLedger } from '../../hub-server/src/sync/streamLedger';
import { createStreamStore } from '../../hub-server/src/sync/streamStore';
import { createTellOverdue } from '../../hub-server/src/sync/tellOverdue';
import { createTimeZoneOf } from '../../hub-server/src/sync/timeZoneOf';
import { createChangingXero } from '../support/changingXero';
import { ledgerFixture, NOTHING_IN_FLIGHT, TENANT } from './ledgerFixture';

export interface SyncFixtureOptions {
	readonly pageSize?: number;
	readonly keepsRecords?: boolean;
}

export const SYNC_LEASE_MS = 180_000;

/** A ledger with one connected organisation, and the lists that a test changes. */
export async function syncFixture(engine: Engine, options: SyncFixtureOptions = {}) {
	const f = await ledgerFixture(engine);
	const { db, now, keyRing } = f;
	const connectionId = await f.connect(f.workspace.id, TENANT, 'client');
	const xero = createChangingXero(now);
	const recordSealOf = createRecordSeals({ db, keyRing });
	const streams = createStreamStore({ db, now });
	const dayPlans = createDayPlans({
		...{ db, now },
		readDayBudgets: async (organisations) => organisations.map(() => undefined),
	});
	const ledger = createStreamLedger({ db, engine, now, dayPlans });
	const apiUrl = 'https://api.xero.com';
	const storing = {
		...{ db, engine, apiUrl, now, recordSealOf },
		keepsRecords: options.keepsRecords ?? true,
		leaseMs: SYNC_LEASE_MS,
	};
	const storeSlice = createStoreSlice(storing);
	/** Called before each slice: what throws there is a process that dies. */
	let beforeSlice: () => void = () => undefined;
	const slices: StoreSlice = async (claimed, records) => {
		beforeSlice();
		return storeSlice(claimed, records);
	};
	const runStep = createRunStep({
		db,
		ledger,
		api: xero.api,
		readRecords: createReadRecords({ connections: f.connections, api: xero.api, uptime: () => 0 }),
		storeSlice: slices,
		storeDeletions: createStoreDeletions(storing),
		tellOverdue: createTellOverdue(storing),
		timeZoneOf: createTimeZoneOf({ db, api: xero.api, now }),
		onDue: () => undefined,
		now,
		pageSize: options.pageSize,
	});
	const claim = () =>
		ledger.claim({
			leaseMs: SYNC_LEASE_MS,
			slots: { free: 16, limit: 4, inFlight: NOTHING_IN_FLIGHT },
		});

	return {
		...f,
		connectionId,
		xero,
		streams,
		ledger,
		dayPlans,
		runStep,
		claim,
		recordSealOf,
		known: createKnownRecords({ db, recordSealOf }),
		dieBeforeSlice(next: () => void) {
			beforeSlice = next;
		},
		/** A stream of that entity, every hour. */
		async stream(entity: string, { tellExisting = false } = {}) {
			const connection = { id: connectionId, workspaceId: f.workspace.id, tenantId: TENANT };
			const { id } = await streams.create(connection, findEntity(entity)!, {
				plan: { everySeconds: 3600 },
				enabled: true,
				tellExisting,
			});
			return id;
		},
		/** Runs what is due now to its end. */
		async runDue() {
			let claimed: readonly ClaimedStream[] = await claim();
			while (claimed.length > 0) {
				for (const one of claimed) await runStep(one);
				claimed = await claim();
			}
		},
		async lastRun(id: string) {
			const { lastRun } = await streams.get(f.workspace.id, id);
			return lastRun!;
		},
		/** The events that there are, as "<resource id> <change>", oldest first. */
		async told() {
			const rows = await db
				.selectFrom('events')
				.select(['resource_id', 'change', 'same_as'])
				.orderBy('id')
				.execute();
			return rows
				.filter(({ same_as: sameAs }) => sameAs === null)
				.map((row) => `${row.resource_id} ${row.change}`);
		},
		/** How often each record was handed to the subscription, whatever became of it. */
		async handed(subscriptionId: string) {
			const rows = await db
				.selectFrom('deliveries as d')
				.innerJoin('events as e', 'e.id', 'd.event_id')
				.select(['e.resource_id', 'e.version', 'd.status'])
				.where('d.subscription_id', '=', subscriptionId)
				.execute();
			return rows
				.filter(({ status }) => status !== 'filtered' && status !== 'cancelled')
				.map((row) => row.resource_id)
				.sort();
		},
	};
}

export type SyncFixture = Awaited<ReturnType<typeof syncFixture>>;
