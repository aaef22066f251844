import { Client } from 'pg';
import type { FreshDatabase } from './freshDatabase';
import { freshPostgresDatabase } from './freshDatabase';

describe('a fresh PostgreSQL database', () => {
	const opened: FreshDatabase[] = [];
	const fresh = async () => {
		const database = await freshPostgresDatabase();
		opened.push(database);
		return database;
	};
	afterEach(async () => {
		await Promise.all(opened.splice(0).map((database) => database.drop()));
	});

	it('shares nothing with another one on the same server', async () => {
		const [one, other] = await Promise.all([fresh(), fresh()]);

		await query(one.url, 'CREATE TABLE t (id int)');

		await expect(query(other.url, 'SELECT * FROM t')).rejects.toThrow(/"t" does not exist/);
	});

	it('lives on a server that waits for the disk before it says committed', async () => {
		const { url } = await fresh();

		expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
		expect(await query(url, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
	});

	it('goes even while someone is connected', async () => {
		const database = await fresh();
		const client = new Client({ connectionString: database.url });
		client.on('error', () => undefined);
		await client.connect();

		await database.drop();

		await expect(query(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
	});
});

async function query(url: string, text: string): Promise<object[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query<object>(text)).rows;
	} finally {
		await client.end();
	}
}
