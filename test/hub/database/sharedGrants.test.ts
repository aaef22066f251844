import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from '../../../hub-server/src/database/engine';
import { migrationsOf } from '../../../hub-server/src/database/migrateToLatest';
import { connectDatabase, type Database } from '../../../hub-server/src/database/openDatabase';
import type { Tables } from '../../../hub-server/src/database/tables';
import { freshPostgresDatabase } from '../../support/freshDatabase';
import { ENGINES } from '../../support/freshLedger';
import { temporaryFolder } from '../../support/temporaryFolder';

const NAME = '0006SharedGrants';

/** What the migrations take for the present. */
const NOW = 1_790_000_000_000;

/** As the ledger was before: a grant for each workspace and user. */
type Before = Kysely<
	Omit<Tables, 'grants'> & { grants: Omit<Tables['grants'], 'client_id' | 'keys_lost_at'> }
>;

describe.each(ENGINES)('the migration to shared grants on %s', (engine) => {
	let database: Database;
	let before: Before;
	let remove: () => Promise<void>;
	beforeEach(async () => {
		({ database, remove } = await ledgerBefore(engine));
		before = database.db as unknown as Before;
	});
	afterEach(async () => {
		await database.close();
		await remove();
	});

	async function workspace(id: string, clientId: string): Promise<void> {
		await before
			.insertInto('workspaces')
			.values({ id, slug: id, name: id, n8n_base_urls: '[]', created_at: 0 })
			.execute();
		await before
			.insertInto('app_keys')
			.values({
				workspace_id: id,
				client_id: clientId,
				client_secret: 'sealed',
				scopes: '',
				tier: 'core',
				updated_at: 0,
			})
			.execute();
	}
	async function grant(
		id: string,
		workspaceId: string,
		change: Partial<Tables['grants']> = {},
	): Promise<void> {
		await before
			.insertInto('grants')
			.values({
				id,
				workspace_id: workspaceId,
				xero_user_id: 'user-1',
				access_token: `access of ${id}`,
				refresh_token: `refresh of ${id}`,
				scope: 'openid',
				expires_at: 1,
				gen: 3,
				status: 'active',
				lease_id: null,
				lease_until: null,
				refreshed_at: 10,
				created_at: 0,
				...change,
			})
			.execute();
		await before
			.insertInto('connections')
			.values({
				id: `connection of ${id}`,
				workspace_id: workspaceId,
				grant_id: id,
				xero_connection_id: randomUUID(),
				tenant_id: `tenant of ${id}`,
				tenant_name: null,
				tenant_type: 'ORGANISATION',
				enabled: 1,
				created_at: 0,
			})
			.execute();
		await before
			.insertInto('token_answers')
			.values({
				id: `answer of ${id}`,
				workspace_id: workspaceId,
				grant_id: id,
				gen: 3,
				access_token: '',
				refresh_token: '',
				scope: '',
				expires_at: 0,
			})
			.execute();
	}
	const alert = (subject: string, workspaceId: string) =>
		before
			.insertInto('alerts')
			.values({
				id: `alert about ${subject}`,
				workspace_id: workspaceId,
				kind: 'reauth_required',
				subject,
				message: '',
				raised_at: 0,
				resolved_at: null,
			})
			.execute();
	const openAlerts = () =>
		database.db.selectFrom('alerts').select('id').where('resolved_at', 'is', null).execute();
	const migrate = (to: string) => migrateTo(database, engine, to);
	const grants = () => database.db.selectFrom('grants').selectAll().orderBy('id').execute();
	const ties = async () => {
		const rows = await database.db.selectFrom('connections').selectAll().orderBy('id').execute();
		return rows.map((row) => [row.tenant_id, row.grant_id]);
	};

	it('says of each grant whose app it is for, and loses nothing', async () => {
		await workspace('acme', 'app-1');
		await workspace('beta', 'app-2');
		await grant('g1', 'acme');
		await grant('g2', 'beta');
		await grant('g3', 'beta', { xero_user_id: 'app custom-app' });

		await migrate(NAME);

		expect(await grants()).toMatchObject([
			{ id: 'g1', client_id: 'app-1', access_token: 'access of g1', gen: 3, keys_lost_at: null },
			{ id: 'g2', client_id: 'app-2', refresh_token: 'refresh of g2', workspace_id: 'beta' },
			{ id: 'g3', client_id: 'custom-app' },
		]);
		expect(await ties()).toHaveLength(3);
		expect(await database.db.selectFrom('token_answers').select('id').execute()).toHaveLength(3);
	});

	it('joins the grants of one user and app to the one that works', async () => {
		await workspace('acme', 'app-1');
		await workspace('beta', 'app-1');
		await workspace('gamma', 'app-1');
		await grant('g1', 'acme', { status: 'reauth_required', refreshed_at: 30 });
		await grant('g2', 'beta', { refreshed_at: 10 });
		await grant('g3', 'gamma', { refreshed_at: 20 });
		await alert('g1', 'acme');

		await migrate(NAME);

		expect(await grants()).toMatchObject([{ id: 'g3', workspace_id: 'gamma', status: 'active' }]);
		expect(await ties()).toEqual([
			['tenant of g1', 'g3'],
			['tenant of g2', 'g3'],
			['tenant of g3', 'g3'],
		]);
		expect(await openAlerts()).toEqual([]);
	});

	it('forgets tokens that no organisation needs, and the alerts about them', async () => {
		await workspace('acme', 'app-1');
		await grant('g1', 'acme', { status: 'reauth_required' });
		await before.deleteFrom('connections').execute();
		await alert('g1', 'acme');

		await migrate(NAME);

		expect(await grants()).toEqual([]);
		expect(await openAlerts()).toEqual([]);
	});

	it('calls alerts resolved at the time that it was given', async () => {
		await workspace('acme', 'app-1');
		await workspace('beta', 'app-1');
		await grant('g1', 'acme', { status: 'reauth_required' });
		await grant('g2', 'beta');
		await alert('g1', 'acme');
		await alert('a grant that is gone', 'acme');

		await migrate(NAME);

		const alerts = await database.db.selectFrom('alerts').select('resolved_at').execute();
		expect(alerts).toEqual([{ resolved_at: NOW }, { resolved_at: NOW }]);
	});

	it('still lets what belongs to a grant go with it', async () => {
		await workspace('acme', 'app-1');
		await grant('g1', 'acme');
		await migrate(NAME);

		await database.db.deleteFrom('workspaces').execute();

		expect(await grants()).toEqual([]);
		expect(await ties()).toEqual([]);
		expect(await database.db.selectFrom('token_answers').select('id').execute()).toEqual([]);
		await expect(grantOfNobody(database.db)).rejects.toThrow(/foreign key/i);
	});

	it('can be taken back', async () => {
		await workspace('acme', 'app-1');
		await grant('g1', 'acme');
		await migrate(NAME);

		await migrate('0005SignIns');
		await grant('g2', 'acme', { xero_user_id: 'user-2' });
		await migrate(NAME);

		expect(await grants()).toMatchObject([{ client_id: 'app-1' }, { client_id: 'app-1' }]);
		expect(await ties()).toHaveLength(2);
	});
});

async function grantOfNobody(db: Kysely<Tables>): Promise<void> {
	await db
		.insertInto('grants')
		.values({
			id: 'g9',
			workspace_id: 'nobody',
			client_id: 'app',
			xero_user_id: 'user',
			access_token: '',
			refresh_token: null,
			scope: '',
			expires_at: 0,
			gen: 1,
			status: 'active',
			keys_lost_at: null,
			lease_id: null,
			lease_until: null,
			refreshed_at: 0,
			created_at: 0,
		})
		.execute();
}

async function ledgerBefore(engine: Engine) {
	const folder = temporaryFolder();
	const postgres = engine === 'postgres' ? await freshPostgresDatabase() : undefined;
	const database = connectDatabase({ dataDir: folder.path, databaseUrl: postgres?.url });
	await migrateTo(database, engine, '0005SignIns');
	return {
		database,
		async remove() {
			await postgres?.drop();
			folder.remove();
		},
	};
}

async function migrateTo({ db }: Database, engine: Engine, name: string) {
	const migrations = migrationsOf(engine, () => NOW);
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error } = await migrator.migrateTo(name);
	if (error) throw new Error('The migration failed.', { cause: error });
}
