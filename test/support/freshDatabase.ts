import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { sharedService } from './sharedServices';

export interface FreshDatabase {
	readonly url: string;
	/** Removes the database, whoever is still connected. */
	drop(): Promise<void>;
}

/** An empty PostgreSQL database of the caller's own, on the server that the test run shares. */
export async function freshPostgresDatabase(): Promise<FreshDatabase> {
	const server = process.env.TEST_POSTGRES_URL ?? (await sharedService('postgres'));
	const name = ownName();
	await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
	return freshDatabase(server, name);
}

/** Another database with what this one holds now, as a dump of it would be. Ends whoever is connected to it. */
export async function dumpOfPostgresDatabase(url: string): Promise<FreshDatabase> {
	const server = new URL(url);
	const source = server.pathname.slice(1);
	server.pathname = '/postgres';
	const name = ownName();
	await withClient(server.href, async (client) => {
		await client.query(`ALTER DATABASE ${source} WITH ALLOW_CONNECTIONS false`);
		try {
			await client.query(
				'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1',
				[source],
			);
			await client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`);
		} finally {
			await client.query(`ALTER DATABASE ${source} WITH ALLOW_CONNECTIONS true`);
		}
	});
	return freshDatabase(server.href, name);
}

/** Arbitrary, and of this lock alone. */
const TEMPLATE_LOCK = 730_217;

/**
 * As {@link freshPostgresDatabase}, but with what `fill` writes. It runs once for each `template` of a
 * test run; PostgreSQL then copies its database, which is several times faster than filling another.
 *
 * @param fill leaves nobody connected
 */
export async function copyOfPostgresDatabase(
	template: string,
	fill: (url: string) => Promise<void>,
): Promise<FreshDatabase> {
	const own = process.env.TEST_POSTGRES_URL;
	if (own !== undefined) {
		// A server that outlives the run may hold the template of another version.
		const database = await freshPostgresDatabase();
		await fill(database.url);
		return database;
	}
	const server = await sharedService('postgres');
	const name = ownName();
	await withClient(server, async (client) => {
		if (!(await isTemplate(client, template))) {
			await client.query(`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`);
			if (!(await isTemplate(client, template))) {
				await client.query(`DROP DATABASE IF EXISTS ${template}`);
				await client.query(`CREATE DATABASE ${template}`);
				await fill(urlOf(server, template));
				await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
			}
		}
		await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
	});
	return freshDatabase(server, name);
}

async function isTemplate(client: Client, name: string): Promise<boolean> {
	const found = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [
		name,
	]);
	return found.rowCount === 1;
}

function freshDatabase(server: string, name: string): FreshDatabase {
	return {
		url: urlOf(server, name),
		async drop() {
			await withClient(server, (client) =>
				client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
			);
		},
	};
}

function ownName(): string {
	return `test_${randomBytes(8).toString('hex')}`;
}

function urlOf(server: string, database: string): string {
	const url = new URL(server);
	url.pathname = `/${database}`;
	return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}
