import { USUAL_QUOTAS } from '../../hub-server/src/config/quotas';
import { createWorkspaceLimits } from '../../hub-server/src/workspaces/workspaceLimits';
import { createWorkspaceStore } from '../../hub-server/src/workspaces/workspaceStore';
import type { Engine } from '../../hub-server/src/database/engine';
import { createHubPulse } from '../../hub-server/src/gaps/hubPulse';
import { createGapReader } from '../../hub-server/src/gaps/gapReader';
import { createKnownRecords } from '../../hub-server/src/records/knownRecords';
import { createReadRecords } from '../../hub-server/src/records/readRecords';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { findEntity } from '../../hub-server/src/records/xeroEntities';
import { beginRepairs } from '../../hub-server/src/sync/beginRepairs';
import { createDayPlans } from '../../hub-server/src/sync/dayPlans';
import { createRepairLedger } from '../../hub-server/src/sync/repairLedger';
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

const KEPT_MS = 90 * 24 * 3600_000;

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
	const stepping = {
		db,
		api: xero.api,
		readRecords: createReadRecords({ connections: f.connections, api: xero.api, uptime: () => 0 }),
		storeSlice: slices,
		storeDeletions: createStoreDeletions(storing),
		tellOverdue: createTellOverdue(storing),
		timeZoneOf: createTimeZoneOf({ db, api: xero.api, now }),
		onDue: () => undefined,
		now,
		pageSize: options.pageSize,
	};
	const runStep = createRunStep({ ...stepping, ledger });
	const repairs = createRepairLedger({ db, engine, now, dayPlans });
	const repairStep = createRunStep({ ...stepping, ledger: repairs });
	const turn = {
		leaseMs: SYNC_LEASE_MS,
		slots: { free: 16, limit: 4, inFlight: NOTHING_IN_FLIGHT },
	};
	const claim = () => ledger.claim(turn);

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
		pulse: createHubPulse({ db, engine, now }),
		repairs,
		repairStep,
		claimRepairs: () => repairs.claim(turn),
		beginRepairs: () => beginRepairs(db, engine, { now: now(), keptMs: KEPT_MS }),
		/** Begins what is to be repaired, and repairs it as far as that goes now. */
		async repair() {
			await beginRepairs(db, engine, { now: now(), keptMs: KEPT_MS });
			let claimed: readonly ClaimedStream[] = await repairs.claim(turn);
			while (claimed.length > 0) {
				for (const one of claimed) await repairStep(one);
				claimed = await repairs.claim(turn);
			}
		},
		async gaps({ isSyncOn = true } = {}) {
			const page = { limit: 200, cursor: undefined };
			return (await createGapReader(db, { isSyncOn }).list(f.workspace.id, page)).items;
		},
		/** What the streams of a workspace are begun with, which may have so many of them. */
		serving(syncs = USUAL_QUOTAS.syncs) {
			const workspaces = createWorkspaceStore({ db, now });
			const quotas = { usual: { ...USUAL_QUOTAS, syncs }, plans: {} };
			return { db, streams, workspaceLimits: createWorkspaceLimits({ workspaces, quotas }) };
		},
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
