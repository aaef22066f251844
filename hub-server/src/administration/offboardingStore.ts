import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import type { AtXero } from '../xero/api/removeAtXero';

/** Who leaves: an organisation of a workspace, or all of it. */
export interface Leaving {
	readonly workspaceId: string;
	readonly slug: string;
	/** Null: the whole workspace. */
	readonly tenantId: string | null;
	/** As people call it. */
	readonly name: string;
	/** The connection that goes; null of a workspace. */
	readonly connectionId: string | null;
}

/** How far it is. Times are epoch milliseconds. */
export interface Offboarding extends Leaving {
	/** When an export was last read to its end; null before. */
	readonly exportedAt: number | null;
	readonly startedAt: number | null;
	/** What became of the connection at Xero; null before. */
	readonly atXero: AtXero['kind'] | null;
	/** Why it does not go on, for people. */
	readonly error: string | null;
	/** From then on nothing of it is reached any more; deleting what is kept goes on behind that. */
	readonly finishedAt: number | null;
	/** Whether something of it is still being deleted. */
	readonly isPurging: boolean;
}

/** Clients that leave, while they do and after. Everything is durable once resolved. */
export interface OffboardingStore {
	/** The last of an organisation or workspace. */
	find(workspaceId: string, tenantId: string | null): Promise<Offboarding | undefined>;
	/** The last of a workspace that may be gone. */
	findBySlug(slug: string, tenantId: string | null): Promise<Offboarding | undefined>;
	exported(leaving: Leaving): Promise<void>;
	/** Begins it, or goes on with one that was begun. */
	begin(leaving: Leaving): Promise<void>;
	failed(leaving: Leaving, error: string): Promise<void>;
	/** The connection is gone: from now on everything of the organisation is deleted, the account of what was done too. */
	purgeEverything(connectionId: string): Promise<void>;
	finished(leaving: Leaving, atXero: AtXero['kind'] | null): Promise<void>;
}

export function createOffboardingStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): OffboardingStore {
	const { db, now } = deps;

	async function read(row: Selectable<Tables['offboardings']> | undefined) {
		if (row === undefined) return undefined;
		const purges = await db
			.selectFrom('record_purges')
			.select('position')
			.where('workspace_id', '=', row.workspace_id)
			.$if(row.tenant_id !== '', (q) => q.where('tenant_id', '=', row.tenant_id))
			.where('connection_id', 'is not', null)
			.execute();
		return {
			...toOffboarding(row),
			isPurging: purges.some(({ position }) => isUnderWay(position)),
		};
	}

	const put = async (
		leaving: Leaving,
		columns: Partial<
			Pick<
				Tables['offboardings'],
				'exported_at' | 'started_at' | 'at_xero' | 'error' | 'finished_at'
			>
		>,
	) => {
		const { workspaceId, slug, tenantId, name, connectionId } = leaving;
		await db
			.insertInto('offboardings')
			.values({
				...{ workspace_id: workspaceId, slug, tenant_id: tenantId ?? '', name },
				...{ connection_id: connectionId, exported_at: null, started_at: null },
				...{ at_xero: null, error: null, finished_at: null, ...columns },
			})
			.onConflict((conflict) =>
				conflict
					.columns(['workspace_id', 'tenant_id'])
					.doUpdateSet({ slug, name, connection_id: connectionId, ...columns }),
			)
			.execute();
	};

	return {
		async find(workspaceId, tenantId) {
			return read(
				await db
					.selectFrom('offboardings')
					.selectAll()
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId ?? '')
					.executeTakeFirst(),
			);
		},
		async findBySlug(slug, tenantId) {
			return read(
				await db
					.selectFrom('offboardings')
					.selectAll()
					.where('slug', '=', slug)
					.where('tenant_id', '=', tenantId ?? '')
					.orderBy('started_at', 'desc')
					.limit(1)
					.executeTakeFirst(),
			);
		},
		exported: (leaving) =>
			put(leaving, { exported_at: now(), started_at: null, error: null, finished_at: null }),
		begin: (leaving) => put(leaving, { started_at: now(), error: null, finished_at: null }),
		failed: (leaving, error) => put(leaving, { error }),
		async purgeEverything(connectionId) {
			await db
				.updateTable('record_purges')
				.set({ everything: 1 })
				.where('id', '=', connectionId)
				.execute();
		},
		finished: (leaving, atXero) =>
			put(leaving, { at_xero: atXero, error: null, finished_at: now() }),
	};
}

function toOffboarding(row: Selectable<Tables['offboardings']>): Omit<Offboarding, 'isPurging'> {
	return {
		workspaceId: row.workspace_id,
		slug: row.slug,
		tenantId: row.tenant_id === '' ? null : row.tenant_id,
		name: row.name,
		connectionId: row.connection_id,
		exportedAt: row.exported_at,
		startedAt: row.started_at,
		atXero: row.at_xero,
		error: row.error,
		finishedAt: row.finished_at,
	};
}

/** A purge rests before its second look. */
function isUnderWay(position: string | null): boolean {
	return position === null || (JSON.parse(position) as { phase?: unknown }).phase !== 'resting';
}
