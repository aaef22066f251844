import type { Kysely, Selectable } from 'kysely';
import { NotFoundError } from '../../errors/requestErrors';
import { inChunks } from '../../database/inChunks';
import type { GrantStatus, Tables, WritePolicy } from '../../database/tables';

/** One organisation reached through a grant, as the hub keeps it. */
export interface Connection {
	readonly id: string;
	readonly workspaceId: string;
	readonly grantId: string;
	/** Of the app that its grant is for. */
	readonly clientId: string;
	readonly xeroConnectionId: string;
	readonly tenantId: string;
	readonly tenantName: string | null;
	readonly tenantType: string;
	/** Off while it is held. */
	readonly enabled: boolean;
	/** Since when it waits for a member of the workspace to confirm it; epoch milliseconds. */
	readonly heldAt: number | undefined;
	/** The consent of another user that wants to take it over, and waits for a member too. */
	readonly replacement: Replacement | undefined;
	/** The customer's own id of the person who connected it. */
	readonly externalUserId: string | undefined;
	/** Who connected it first, as the audit log names them. */
	readonly connectedBy: string | undefined;
	/** Whether its records are kept up to date on a schedule. */
	readonly syncs: boolean;
	/** What automation may write into it. */
	readonly writePolicy: WritePolicy;
	/** What its user has let the app do, as Xero last said. */
	readonly grantedScopes: readonly string[];
	/** That of its grant. */
	readonly status: GrantStatus;
	/** When it was first connected; epoch milliseconds. */
	readonly createdAt: number;
}

export interface Replacement {
	readonly grantId: string;
	readonly xeroConnectionId: string;
	/** Epoch milliseconds. */
	readonly askedAt: number;
}

/** The `connections` table. Another workspace's rows do not exist for it. */
export interface ConnectionRows {
	/** By name. */
	list(workspaceId: string): Promise<Connection[]>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<Connection>;
	findTenant(workspaceId: string, tenantId: string): Promise<Connection | undefined>;
	/** Connections of an app over all workspaces that use it. */
	countOfApp(clientId: string): Promise<number>;
	/**
	 * The ids of the workspaces that reach an organisation through each of these connections of Xero's:
	 * workspaces that use one app may share one. Those that nobody holds are absent.
	 */
	holders(xeroConnectionIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
	/** One that is held stays off. @throws NotFoundError */
	setEnabled(workspaceId: string, id: string, enabled: boolean): Promise<void>;
	/** @throws NotFoundError */
	setSyncs(workspaceId: string, id: string, syncs: boolean): Promise<void>;
	/** @throws NotFoundError */
	setWritePolicy(workspaceId: string, id: string, policy: WritePolicy): Promise<void>;
	remove(workspaceId: string, id: string): Promise<void>;
}

export function createConnectionRows({ db }: { readonly db: Kysely<Tables> }): ConnectionRows {
	const select = (workspaceId: string) =>
		db
			.selectFrom('connections as c')
			.innerJoin('grants as g', 'g.id', 'c.grant_id')
			.leftJoin('connection_replacements as r', 'r.connection_id', 'c.id')
			.selectAll('c')
			.select(['g.status', 'g.client_id', 'g.scope', 'r.asked_at'])
			.select([
				'r.grant_id as replacement_grant_id',
				'r.xero_connection_id as replacement_connection_id',
			])
			.where('c.workspace_id', '=', workspaceId);

	async function change(
		workspaceId: string,
		id: string,
		columns:
			| { readonly enabled: number }
			| { readonly sync_enabled: number }
			| { readonly write_policy: WritePolicy },
	): Promise<void> {
		const { numUpdatedRows } = await db
			.updateTable('connections')
			.set((e) =>
				'enabled' in columns
					? {
							enabled: e
								.case()
								.when('held_at', 'is', null)
								.then(columns.enabled)
								.else(0)
								.end()
								.$castTo<number>(),
						}
					: columns,
			)
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (numUpdatedRows === 0n) throw unknownConnection(id);
	}

	return {
		async list(workspaceId) {
			const rows = await select(workspaceId)
				.orderBy('c.tenant_name')
				.orderBy('c.tenant_id')
				.execute();
			return rows.map(toConnection);
		},

		async get(workspaceId, id) {
			const row = await select(workspaceId).where('c.id', '=', id).executeTakeFirst();
			if (row === undefined) throw unknownConnection(id);
			return toConnection(row);
		},

		async findTenant(workspaceId, tenantId) {
			const row = await select(workspaceId)
				.where('c.tenant_id', '=', tenantId.toLowerCase())
				.executeTakeFirst();
			return row && toConnection(row);
		},

		async countOfApp(clientId) {
			// Two workspaces with one app may share a connection; Xero counts it once.
			const { count } = await db
				.selectFrom('connections as c')
				.innerJoin('grants as g', 'g.id', 'c.grant_id')
				.where('g.client_id', '=', clientId)
				.select((e) => e.fn.count<number>('c.xero_connection_id').distinct().as('count'))
				.executeTakeFirstOrThrow();
			return Number(count);
		},

		async holders(xeroConnectionIds) {
			const rows = [];
			for (const chunk of inChunks(xeroConnectionIds)) {
				rows.push(
					...(await db
						.selectFrom('connections')
						.select(['xero_connection_id', 'workspace_id'])
						.where('xero_connection_id', 'in', chunk)
						.execute()),
				);
			}
			const byConnection = Map.groupBy(rows, (row) => row.xero_connection_id);
			return new Map(
				[...byConnection].map(([id, held]) => [id, held.map((row) => row.workspace_id)]),
			);
		},

		setEnabled: (workspaceId, id, enabled) => change(workspaceId, id, { enabled: enabled ? 1 : 0 }),

		setSyncs: (workspaceId, id, syncs) => change(workspaceId, id, { sync_enabled: syncs ? 1 : 0 }),

		setWritePolicy: (workspaceId, id, policy) => change(workspaceId, id, { write_policy: policy }),

		async remove(workspaceId, id) {
			await db
				.deleteFrom('connections')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.execute();
		},
	};
}

function toConnection(
	row: Selectable<Tables['connections']> &
		Pick<Tables['grants'], 'status' | 'client_id' | 'scope'> &
		Asked,
): Connection {
	const { replacement_grant_id: grantId, replacement_connection_id: xeroConnectionId } = row;
	const askedAt = row.asked_at;
	const isAsked = grantId !== null && xeroConnectionId !== null && askedAt !== null;
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		grantId: row.grant_id,
		clientId: row.client_id,
		xeroConnectionId: row.xero_connection_id,
		tenantId: row.tenant_id,
		tenantName: row.tenant_name,
		tenantType: row.tenant_type,
		enabled: row.enabled === 1,
		heldAt: row.held_at ?? undefined,
		replacement: isAsked ? { grantId, xeroConnectionId, askedAt } : undefined,
		externalUserId: row.external_user_id ?? undefined,
		connectedBy: row.connected_by ?? undefined,
		syncs: row.sync_enabled === 1,
		writePolicy: row.write_policy,
		grantedScopes: row.scope.split(' ').filter((scope) => scope !== ''),
		status: row.status,
		createdAt: row.created_at,
	};
}

interface Asked {
	readonly asked_at: number | null;
	readonly replacement_grant_id: string | null;
	readonly replacement_connection_id: string | null;
}

function unknownConnection(id: string): NotFoundError {
	return new NotFoundError(`This workspace has no connection ${id}.`);
}
