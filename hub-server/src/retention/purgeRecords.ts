import { sql, type Kysely, type Transaction } from 'kysely';
import { endAlertsAbout } from '../alerts/endAlertsAbout';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { subtractUsage, sumUsage } from '../events/keptUsage';
import { epochOf } from '../records/recordStates';

/** Rows that a step reads and writes at most. */
const ROWS_A_STEP = 200;

/**
 * Takes one purge a step further: what was read through a removed connection goes with its streams, its states
 * and the records beside its events; what is of an earlier epoch goes alone. The accounts of what was delivered
 * stay as long as they are kept.
 *
 * @returns whether there may be more to do
 */
export type PurgeRecords = () => Promise<boolean>;

/** Where a purge goes on: the key of the row that it looked at last. */
interface PurgePosition {
	readonly phase: 'states' | 'bodies';
	readonly after: readonly string[];
}

interface Purged {
	readonly id: string;
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly connectionId: string | null;
	/** The organisation as it is connected now, if it is. */
	readonly current: { readonly epoch: string; readonly since: number } | undefined;
}

export function createPurgeRecords({
	db,
	now,
}: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): PurgeRecords {
	return async function purgeRecords() {
		const row = await db
			.selectFrom('record_purges')
			.selectAll()
			.orderBy('id')
			.limit(1)
			.executeTakeFirst();
		if (row === undefined) return false;
		const { phase, after } =
			row.position === null
				? ({ phase: 'states', after: ['', ''] } as const)
				: (JSON.parse(row.position) as PurgePosition);
		await db.transaction().execute(async (tx) => {
			const purged = {
				id: row.id,
				workspaceId: row.workspace_id,
				tenantId: row.tenant_id,
				connectionId: row.connection_id,
				current: await currentOf(tx, row.workspace_id, row.tenant_id),
			};
			const next =
				phase === 'states'
					? await purgeStates(tx, purged, after, now())
					: await purgeBodies(tx, purged, after);
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

async function currentOf(
	tx: Transaction<Tables>,
	workspaceId: string,
	tenantId: string,
): Promise<Purged['current']> {
	const connection = await tx
		.selectFrom('connections')
		.select(['id', 'record_epoch', 'created_at'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.executeTakeFirst();
	return connection && { epoch: epochOf(connection), since: connection.created_at };
}

async function purgeStates(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, connectionId, current }: Purged,
	[entity = '', id = '']: readonly string[],
	now: number,
): Promise<PurgePosition | undefined> {
	const rows = await tx
		.selectFrom('record_states')
		.select(['entity', 'xero_id', 'epoch'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where(sql<boolean>`(entity, xero_id) > (${entity}, ${id})`)
		.orderBy('entity')
		.orderBy('xero_id')
		.limit(ROWS_A_STEP)
		.execute();
	const stale = rows.filter((row) => row.epoch !== current?.epoch);
	for (const [kind, group] of Map.groupBy(stale, (row) => row.entity)) {
		await tx
			.deleteFrom('record_states')
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.where('entity', '=', kind)
			.where(
				'xero_id',
				'in',
				group.map((row) => row.xero_id),
			)
			.where('epoch', '<>', current?.epoch ?? '')
			.execute();
	}
	const last = rows.at(-1);
	if (rows.length === ROWS_A_STEP && last !== undefined) {
		return { phase: 'states', after: [last.entity, last.xero_id] };
	}
	if (connectionId === null) return undefined;
	const streams = await tx
		.deleteFrom('sync_streams')
		.where('connection_id', '=', connectionId)
		.returning('id')
		.execute();
	await endAlertsAbout(
		tx,
		streams.map(({ id: stream }) => stream),
		now,
	);
	return { phase: 'bodies', after: ['', '', '', ''] };
}

/** By the index of the events' identity. */
async function purgeBodies(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, current }: Purged,
	[category = '', resource = '', change = '', date = '']: readonly string[],
): Promise<PurgePosition | undefined> {
	const rows = await tx
		.selectFrom('events')
		.select(['id', 'category', 'resource_id', 'change', 'event_date_utc', 'received_at'])
		.select(sql<number>`coalesce(octet_length(record), 0)`.as('bytes'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where(
			sql<boolean>`(category, resource_id, change, event_date_utc) > (${category}, ${resource}, ${change}, ${date})`,
		)
		.orderBy('category')
		.orderBy('resource_id')
		.orderBy('change')
		.orderBy('event_date_utc')
		.limit(ROWS_A_STEP)
		.execute();
	// What came since it is connected anew stays.
	const old = rows.filter((row) => row.received_at < (current?.since ?? Infinity));
	if (old.length > 0) {
		await tx
			.updateTable('events')
			.set({ record: null, previous: null, changed: null })
			.where(
				'id',
				'in',
				old.map(({ id }) => id),
			)
			.execute();
		const bytes = old.map((row) => ({ workspaceId, events: 0, bytes: Number(row.bytes) }));
		await subtractUsage(tx, sumUsage(bytes));
	}
	const last = rows.at(-1);
	return rows.length < ROWS_A_STEP || last === undefined
		? undefined
		: {
				phase: 'bodies',
				after: [last.category, last.resource_id, last.change, last.event_date_utc],
			};
}
