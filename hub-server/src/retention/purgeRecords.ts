import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { epochOf } from '../records/recordStates';
import type { Purge, PurgeStepped } from './Purge';
import { purgeAgreementsOf } from './purgeAgreementsOf';
import { purgeBasesOf } from './purgeBasesOf';
import { purgeEventBodies } from './purgeEventBodies';
import { purgeEventsOf } from './purgeEventsOf';
import { purgePayloadsOf } from './purgePayloadsOf';
import { purgePushesOf } from './purgePushesOf';
import { purgeStatesOf } from './purgeStatesOf';
import { purgeStreamsOf } from './purgeStreamsOf';
import { purgeWritesOf } from './purgeWritesOf';

/**
 * Takes one purge a step further: of a removed connection go its streams and states, what its events, their
 * attempts and Xero's payloads say of records, what was written through the hub or pushed, what links agreed on, and the
 * alerts about it; once when it was removed, and once more after {@link AGAIN_MS}, when mappings go too. Links keep
 * their ids. What is of an earlier epoch goes alone. The accounts of what was delivered stay as long as they are kept, but for those of a client that
 * has left for good. Each step is a transaction; a purge that was interrupted
 * goes on where it was.
 *
 * @returns whether there may be more to do now
 */
export type PurgeRecords = () => Promise<boolean>;

/** What was still under way, or came late: Xero tries a webhook for a day. A day has four hours more. */
export const AGAIN_MS = 20 * 3600_000;

/** Where a purge goes on. */
type PurgePosition =
	| {
			readonly phase: Phase;
			/** The key of the row that it looked at last. */
			readonly after: readonly string[];
			/** 2 for the second time, and so on. */
			readonly walk?: number;
			/** Something of this walk was still in use. */
			readonly isPassedOver?: boolean;
	  }
	| { readonly phase: 'resting'; readonly until: number; readonly walk: number };

const PHASES = [
	'streams',
	'states',
	'bodies',
	'writes',
	'pushes',
	'bases',
	'agreements',
	'events',
	'payloads',
] as const;

type Phase = (typeof PHASES)[number];

const FIRST: PurgePosition = { phase: 'streams', after: [] };

/** Read at a time to find one that is due; of removed organisations there are few. */
const PURGES_A_LOOK = 100;

export function createPurgeRecords({
	db,
	engine,
	now,
}: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): PurgeRecords {
	async function findDue(at: number) {
		const rows = await db
			.selectFrom('record_purges')
			.selectAll()
			.orderBy('id')
			.limit(PURGES_A_LOOK)
			.execute();
		return rows
			.map((row) => ({ row, position: readPosition(row.position) }))
			.find(({ position }) => position.phase !== 'resting' || position.until <= at);
	}

	return async function purgeRecords() {
		const at = now();
		const due = await findDue(at);
		if (due === undefined) return false;
		const { row, position } = due;
		await db.transaction().execute(async (tx) => {
			const current = await currentOf(tx, row.workspace_id, row.tenant_id);
			const purge: Purge = {
				workspaceId: row.workspace_id,
				tenantId: row.tenant_id,
				connectionId: row.connection_id,
				current,
				everything: row.everything === 1,
				isFirstLook: position.phase !== 'resting' && (position.walk ?? 1) === 1,
				before: current?.since ?? Number.MAX_SAFE_INTEGER,
			};
			const next = await goOn(tx, engine, purge, position, at);
			if (next === undefined) {
				await tx.deleteFrom('record_purges').where('id', '=', row.id).execute();
				return;
			}
			await tx
				.updateTable('record_purges')
				.set({ position: JSON.stringify(next) })
				.where('id', '=', row.id)
				.execute();
		});
		return true;
	};
}

function readPosition(position: string | null): PurgePosition {
	return position === null ? FIRST : (JSON.parse(position) as PurgePosition);
}

async function goOn(
	tx: Transaction<Tables>,
	engine: Engine,
	purge: Purge,
	position: PurgePosition,
	at: number,
): Promise<PurgePosition | undefined> {
	if (position.phase === 'resting') return { ...FIRST, walk: position.walk };
	const { phase, walk = 1 } = position;
	const stepped = await takeStep(tx, engine, purge, position);
	const isPassedOver = position.isPassedOver === true || stepped.isPassedOver === true;
	if (stepped.after !== undefined) return { phase, after: stepped.after, walk, isPassedOver };
	const phases = purge.connectionId === null ? PHASES.slice(0, 2) : PHASES;
	const next = phases[phases.indexOf(phase) + 1];
	if (next !== undefined) return { phase: next, after: [], walk, isPassedOver };
	if (purge.connectionId === null) return undefined;
	return walk > 1 && !isPassedOver
		? undefined
		: { phase: 'resting', until: at + AGAIN_MS, walk: walk + 1 };
}

async function takeStep(
	tx: Transaction<Tables>,
	engine: Engine,
	purge: Purge,
	{ phase, after }: { readonly phase: Phase; readonly after: readonly string[] },
): Promise<PurgeStepped> {
	switch (phase) {
		case 'streams':
			return purgeStreamsOf(tx, purge);
		case 'states':
			return purgeStatesOf(tx, purge, after);
		case 'bodies':
			return purgeEventBodies(tx, purge, after);
		case 'writes':
			return purgeWritesOf(tx, purge);
		case 'bases':
			return purgeBasesOf(tx, purge, after);
		case 'agreements':
			return purgeAgreementsOf(tx, purge);
		case 'events':
			return purgeEventsOf(tx, purge);
		case 'payloads':
			return purgePayloadsOf(tx, engine, purge, after);
		case 'pushes':
			return purgePushesOf(tx, purge);
	}
}

async function currentOf(
	tx: Transaction<Tables>,
	workspaceId: string,
	tenantId: string,
): Promise<Purge['current']> {
	const connection = await tx
		.selectFrom('connections')
		.select(['id', 'record_epoch', 'created_at'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.executeTakeFirst();
	return connection && { epoch: epochOf(connection), since: connection.created_at };
}
