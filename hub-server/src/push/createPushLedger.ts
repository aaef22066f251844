import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import type { RecordSealOf } from '../records/recordSeals';
import { shareSlots } from '../relay/shareSlots';
import { LEASE, newLease, passingOverLocked } from '../work/lease';
import type { XeroRecord } from '../../protocol/xero';
import { LostLeaseError, type ClaimedPush, type ItemOutcome, type PushLedger } from './PushLedger';
import { itemPlace, readPush } from './readPush';

/** How many organisations with something due are looked at, at a time. */
const LOOKED_AT = 500;

export function createPushLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly recordSealOf: RecordSealOf;
	readonly now: Clock;
}): PushLedger {
	const { db, engine, recordSealOf, now } = deps;

	/** @returns whether the push is this process's still; locks it */
	async function hold(tx: Transaction<Tables>, { push, leaseId }: ClaimedPush, until?: number) {
		const held = await tx
			.updateTable('pushes')
			.set(until === undefined ? { lease_id: leaseId } : { lease_until: until, next_at: until })
			.where('id', '=', push.id)
			.where(LEASE.isHeldBy(leaseId))
			.returning('id')
			.executeTakeFirst();
		return held !== undefined;
	}

	return {
		async claim({ leaseMs, slots }) {
			const at = now();
			const due = await dueOrganisations(db, at);
			const shares = shareSlots(due, { ...slots, perQueue: 1 });
			const claimed: ClaimedPush[] = [];
			for (const one of due.filter(({ id }) => shares.has(id))) {
				const push = await db
					.transaction()
					.execute((tx) => claimOne(tx, engine, one, { leaseMs, at }));
				if (push !== undefined) claimed.push(push);
			}
			return claimed;
		},

		keep: (claimed, leaseMs) =>
			db.transaction().execute((tx) => hold(tx, claimed, now() + leaseMs)),

		async due({ push, workspaceId }, limit, after = -1) {
			const seal = await recordSealOf(workspaceId);
			const rows = await db
				.selectFrom('push_items')
				.selectAll()
				.where('push_id', '=', push.id)
				.where('position', '>', after)
				.where('state', '=', 'pending')
				.where('next_at', '<=', now())
				.orderBy('position')
				.limit(limit)
				.execute();
			return rows.map((row) => ({
				position: row.position,
				externalId: row.external_id,
				fields: seal.openIn(row.fields, itemPlace(row, 'fields')) as XeroRecord,
				modifiedAt: row.modified_at,
				resolution: row.resolution,
				attempt: row.attempt,
				sentAt: row.sent_at,
				xeroId: row.xero_id,
				change: row.change,
				previous:
					row.previous === null
						? null
						: (seal.openIn(row.previous, itemPlace(row, 'previous')) as XeroRecord),
			}));
		},

		async askedIn({ push, workspaceId }, records) {
			if (records.length === 0) return [];
			const rows = await db
				.selectFrom('push_items as i')
				.innerJoin('pushes as p', 'p.id', 'i.push_id')
				.select(['i.push_id', 'i.position', 'i.external_id', 'i.fields'])
				.where('p.workspace_id', '=', workspaceId)
				.where('p.tenant_id', '=', push.tenantId)
				.where('p.system', '=', push.system)
				.where('p.entity', '=', push.entity)
				.where('p.kind', '=', 'push')
				.where('i.push_id', 'in', [...new Set(records.map(({ pushId }) => pushId))])
				.where('i.external_id', 'in', [...new Set(records.map((one) => one.externalId))])
				.execute();
			const seal = await recordSealOf(workspaceId);
			const byName = new Map(rows.map((row) => [`${row.push_id} ${row.external_id}`, row]));
			return records.map(({ pushId, externalId }) => {
				const row = byName.get(`${pushId} ${externalId}`);
				if (row === undefined || row.fields === '') return undefined;
				return seal.openIn(row.fields, itemPlace(row, 'fields')) as XeroRecord;
			});
		},

		async underWay({ push, workspaceId }, externalIds) {
			const rows = await db
				.selectFrom('push_items as i')
				.innerJoin('pushes as p', 'p.id', 'i.push_id')
				.select(['p.entity', 'i.external_id as externalId'])
				.where('p.workspace_id', '=', workspaceId)
				.where('p.tenant_id', '=', push.tenantId)
				.where('p.system', '=', push.system)
				.where('p.status', '=', 'running')
				.where('p.dry_run', '=', 0)
				.where('p.kind', '=', 'push')
				.where('p.id', '!=', push.id)
				.where('i.state', '=', 'pending')
				.where('i.external_id', 'in', [...externalIds])
				.execute();
			return new Set(rows.map(({ entity, externalId }) => `${entity} ${externalId}`));
		},

		async markSent(claimed, positions, isSent) {
			await db.transaction().execute(async (tx) => {
				if (!(await hold(tx, claimed))) throw new LostLeaseError();
				await tx
					.updateTable('push_items')
					.set({ sent_at: isSent ? now() : null })
					.where('push_id', '=', claimed.push.id)
					.where('position', 'in', [...positions])
					.execute();
			});
		},

		async save(claimed, outcomes) {
			if (outcomes.length === 0) return;
			const seal = await recordSealOf(claimed.workspaceId);
			await db.transaction().execute(async (tx) => {
				if (!(await hold(tx, claimed))) throw new LostLeaseError();
				for (const one of outcomes) {
					const row = { push_id: claimed.push.id, position: one.position };
					const { detail, previous, xeroId, change } = one;
					const isPending = one.state === 'pending';
					await tx
						.updateTable('push_items')
						.set((e) => ({
							state: one.state,
							message: one.message ?? null,
							next_step: one.nextStep ?? null,
							attempt: e('attempt', '+', 1),
							next_at: isPending ? now() + (one.afterMs ?? 0) : null,
							detail: detail ? seal.sealIn(detail, itemPlace(row, 'detail')) : null,
							...(!isPending && { sent_at: null }),
							...(xeroId !== undefined && { xero_id: xeroId }),
							...(change !== undefined && { change }),
							...(previous && { previous: seal.sealIn(previous, itemPlace(row, 'previous')) }),
						}))
						.where('push_id', '=', row.push_id)
						.where('position', '=', row.position)
						.execute();
				}
				const { undoOf } = claimed.push;
				const undone = outcomes.filter(({ state }) => state === 'undone');
				if (undoOf !== null && undone.length > 0) await markUndone(tx, claimed, undoOf, undone);
			});
		},

		async giveBack(claimed, { calls, wait }) {
			await db.transaction().execute(async (tx) => {
				if (!(await hold(tx, claimed))) return;
				const at = now();
				const { nextAt } = await tx
					.selectFrom('push_items')
					.select((e) => e.fn.min('next_at').as('nextAt'))
					.where('push_id', '=', claimed.push.id)
					.where('state', '=', 'pending')
					.executeTakeFirstOrThrow();
				const isOver = nextAt === null;
				const waits = isOver ? undefined : wait;
				await tx
					.updateTable('pushes')
					.set((e) => ({
						...LEASE.free,
						status: isOver ? 'finished' : 'running',
						finished_at: isOver ? at : null,
						waiting_for: waits?.waitingFor ?? null,
						error: waits?.error ?? null,
						failures: waits?.waitingFor === null ? claimed.failures + 1 : 0,
						calls: e('calls', '+', calls),
						// Behind the others of its organisation.
						next_at: waits === undefined ? Math.max(Number(nextAt ?? 0), at) : at + waits.afterMs,
					}))
					.where('id', '=', claimed.push.id)
					.execute();
			});
		},
	};
}

/** The push that it undoes says so of its records too. */
async function markUndone(
	tx: Transaction<Tables>,
	{ push }: ClaimedPush,
	undoOf: string,
	undone: readonly ItemOutcome[],
): Promise<void> {
	const positions = undone.map(({ position }) => position);
	await tx
		.updateTable('push_items')
		.set({ state: 'undone', message: null, next_step: null, next_at: null })
		.where('push_id', '=', undoOf)
		.where('external_id', 'in', (e) =>
			e
				.selectFrom('push_items as taken')
				.select('taken.external_id')
				.where('taken.push_id', '=', push.id)
				.where('taken.position', 'in', positions),
		)
		.execute();
}

/** Those that have a push that is due and none that is being worked on, whose turn came first in front. */
async function dueOrganisations(db: Kysely<Tables>, at: number) {
	const rows = await db
		.selectFrom('pushes')
		.select(['workspace_id as workspaceId', 'tenant_id as tenantId'])
		.select((e) => e.fn.min('next_at').as('firstAt'))
		.where('status', '=', 'running')
		.where('next_at', '<=', at)
		.where(LEASE.isFree(at))
		.groupBy(['workspace_id', 'tenant_id'])
		.orderBy('firstAt')
		.limit(LOOKED_AT)
		.execute();
	return rows.map(({ workspaceId, tenantId }) => ({
		id: queueOf(workspaceId, tenantId),
		workspaceId,
		tenantId,
		isProbed: false,
	}));
}

/** Of one organisation of a workspace. */
export function queueOf(workspaceId: string, tenantId: string): string {
	return `${workspaceId} ${tenantId}`;
}

async function claimOne(
	tx: Transaction<Tables>,
	engine: Engine,
	{ workspaceId, tenantId }: { readonly workspaceId: string; readonly tenantId: string },
	{ leaseMs, at }: { readonly leaseMs: number; readonly at: number },
): Promise<ClaimedPush | undefined> {
	const ofOrganisation = tx
		.selectFrom('connections')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId);
	// Two processes that choose at this moment would see no lease of each other's.
	const locked = await ofOrganisation.$call(passingOverLocked(engine)).execute();
	if (locked.length === 0 && (await ofOrganisation.execute()).length > 0) return undefined;
	const isBusy = await tx
		.selectFrom('pushes')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('status', '=', 'running')
		.where('lease_until', '>', at)
		.limit(1)
		.executeTakeFirst();
	if (isBusy !== undefined) return undefined;
	const lease = newLease(at, leaseMs);
	const row = await tx
		.updateTable('pushes')
		.set({ ...LEASE.heldBy(lease), next_at: lease.until })
		// Who waited for another's claim looks once more.
		.where(LEASE.isFree(at))
		.where('status', '=', 'running')
		.where('id', '=', (e) =>
			e
				.selectFrom('pushes')
				.select('id')
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.where('status', '=', 'running')
				.where('next_at', '<=', at)
				.where(LEASE.isFree(at))
				.orderBy('next_at')
				.orderBy('id')
				.limit(1),
		)
		.returningAll()
		.executeTakeFirst();
	if (row === undefined) return undefined;
	return {
		workspaceId,
		leaseId: lease.id,
		push: readPush(row, {}),
		failures: row.failures,
	};
}
