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
	const name = `test_${randomBytes(8).toString('hex')}`;
	await execute(server, `CREATE DATABASE ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
	};
}

async function execute(url: string, statement: string): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
