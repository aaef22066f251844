import { sql, type Kysely } from 'kysely';

/**
 * A grant belongs to an app and a Xero user, whichever workspaces use it: two token sets of one user
 * and app break each other. Those that there are twice become one.
 *
 * @param now epoch milliseconds: when the alerts about what is gone are called resolved
 */
export function sharedGrants(engine: 'sqlite' | 'postgres', now: () => number) {
	const constrain = engine === 'postgres' ? swapConstraint : rebuildGrants;

	async function up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('grants').addColumn('client_id', 'text').execute();
		await schema.alterTable('grants').addColumn('keys_lost_at', 'bigint').execute();
		await nameApps(db);
		await joinTwins(db as Kysely<Rows>, now());
		await forgetUnused(db as Kysely<Rows>, now());
		await constrain(db, ['client_id', 'xero_user_id']);
		for (const column of ['grant_id', 'tenant_id']) {
			await schema
				.createIndex(`connections_by_${column.replace('_id', '')}`)
				.on('connections')
				.column(column)
				.execute();
		}
	}

	/** @throws Error where one user's grants for two apps are at home in one workspace */
	async function down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropIndex('connections_by_tenant').execute();
		await schema.dropIndex('connections_by_grant').execute();
		await constrain(db, ['workspace_id', 'xero_user_id']);
		await schema.alterTable('grants').dropColumn('keys_lost_at').execute();
		await schema.alterTable('grants').dropColumn('client_id').execute();
	}

	// Kysely gives migrations a transaction on PostgreSQL only.
	return engine === 'postgres'
		? { up, down }
		: {
				up: (db: Kysely<unknown>) => withoutForeignKeys(db, up),
				down: (db: Kysely<unknown>) => withoutForeignKeys(db, down),
			};
}

interface Rows {
	grants: {
		id: string;
		client_id: string;
		xero_user_id: string;
		status: string;
		refreshed_at: number;
	};
	connections: { grant_id: string };
	token_answers: { grant_id: string };
	alerts: { subject: string; resolved_at: number | null };
}

/** A Custom Connection's grant says its app; the others are of the app that their workspace uses. */
async function nameApps(db: Kysely<unknown>): Promise<void> {
	await sql`
		update grants set client_id = coalesce(
			case when xero_user_id like 'app %' then substr(xero_user_id, 5) end,
			(select k.client_id from app_keys k where k.workspace_id = grants.workspace_id),
			workspace_id
		)`.execute(db);
}

async function joinTwins(db: Kysely<Rows>, now: number): Promise<void> {
	const grants = await db
		.selectFrom('grants')
		.select(['id', 'client_id', 'xero_user_id', 'status', 'refreshed_at'])
		.orderBy('refreshed_at', 'desc')
		.execute();
	const groups = Map.groupBy(grants, (one) => `${one.client_id} ${one.xero_user_id}`);
	for (const twins of groups.values()) if (twins.length > 1) await joinOne(db, twins, now);
}

/**
 * The one that works stays, else the one that worked last. It is called active: if it is not, the next
 * refresh finds out, and tells every workspace that uses it now.
 */
async function joinOne(
	db: Kysely<Rows>,
	twins: readonly { readonly id: string; readonly status: string }[],
	now: number,
): Promise<void> {
	const kept = twins.find(({ status }) => status === 'active') ?? twins[0];
	if (kept === undefined) return;
	const gone = twins.map(({ id }) => id).filter((id) => id !== kept.id);
	await db
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('subject', 'in', [kept.id, ...gone])
		.where('resolved_at', 'is', null)
		.execute();
	await db.updateTable('grants').set({ status: 'active' }).where('id', '=', kept.id).execute();
	await db
		.updateTable('connections')
		.set({ grant_id: kept.id })
		.where('grant_id', 'in', gone)
		.execute();
	await db.deleteFrom('token_answers').where('grant_id', 'in', gone).execute();
	await db.deleteFrom('grants').where('id', 'in', gone).execute();
}

/** Tokens that no organisation needs, and alerts about grants that are gone, were left behind before. */
async function forgetUnused(db: Kysely<Rows>, now: number): Promise<void> {
	const used = db.selectFrom('connections').select('grant_id');
	await db.deleteFrom('token_answers').where('grant_id', 'not in', used).execute();
	await db.deleteFrom('grants').where('id', 'not in', used).execute();
	await db
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('subject', 'not in', used)
		.where('resolved_at', 'is', null)
		.execute();
}

async function swapConstraint(
	db: Kysely<unknown>,
	columns: readonly ('workspace_id' | 'client_id' | 'xero_user_id')[],
): Promise<void> {
	const grants = () => db.schema.alterTable('grants');
	await grants()
		.alterColumn('client_id', (c) => c.setNotNull())
		.execute();
	await grants().dropConstraint('grants_user_key').execute();
	await grants()
		.addUniqueConstraint('grants_user_key', [...columns])
		.execute();
}

/** SQLite cannot change a constraint: the table is made anew, under no eye of the foreign keys. */
async function rebuildGrants(
	db: Kysely<unknown>,
	columns: readonly ('workspace_id' | 'client_id' | 'xero_user_id')[],
): Promise<void> {
	await db.schema
		.createTable('grants_rebuilt')
		.addColumn('id', 'text', (c) => c.primaryKey())
		.addColumn('workspace_id', 'text', (c) =>
			c.notNull().references('workspaces.id').onDelete('cascade'),
		)
		.addColumn('client_id', 'text', (c) => c.notNull())
		.addColumn('xero_user_id', 'text', (c) => c.notNull())
		.addColumn('access_token', 'text', (c) => c.notNull())
		.addColumn('refresh_token', 'text')
		.addColumn('scope', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'bigint', (c) => c.notNull())
		.addColumn('gen', 'integer', (c) => c.notNull())
		.addColumn('status', 'text', (c) => c.notNull())
		.addColumn('keys_lost_at', 'bigint')
		.addColumn('lease_id', 'text')
		.addColumn('lease_until', 'bigint')
		.addColumn('refreshed_at', 'bigint', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addUniqueConstraint('grants_user_key', [...columns])
		.execute();
	const all = sql.raw(
		'id, workspace_id, client_id, xero_user_id, access_token, refresh_token, scope, expires_at, gen, ' +
			'status, keys_lost_at, lease_id, lease_until, refreshed_at, created_at',
	);
	await sql`insert into grants_rebuilt (${all}) select ${all} from grants`.execute(db);
	await db.schema.dropTable('grants').execute();
	await db.schema.alterTable('grants_rebuilt').renameTo('grants').execute();
}

/** Otherwise dropping a table would delete what points at it. */
async function withoutForeignKeys(
	db: Kysely<unknown>,
	change: (tx: Kysely<unknown>) => Promise<void>,
): Promise<void> {
	await sql`pragma foreign_keys = off`.execute(db);
	try {
		await db.transaction().execute(change);
	} finally {
		await sql`pragma foreign_keys = on`.execute(db);
	}
}
