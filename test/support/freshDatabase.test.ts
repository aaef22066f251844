import { Client } from 'pg';
import type { FreshDatabase } from './freshDatabase';
import { copyOfPostgresDatabase, freshPostgresDatabase } from './freshDatabase';

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

describe('a copy of a PostgreSQL database', () => {
	it('has what fills it, which is asked for once, and shares nothing with another copy', async () => {
		const template = `of_this_test_${process.pid}`;
		let filled = 0;
		const copy = () =>
			copyOfPostgresDatabase(template, async (url) => {
				filled += 1;
				await query(url, 'CREATE TABLE t AS SELECT 1 AS id');
			});

		const [one, other] = await Promise.all([copy(), copy()]);

		expect(filled).toBe(process.env.TEST_POSTGRES_URL === undefined ? 1 : 2);
		await query(one.url, 'DELETE FROM t');
		expect(await query(other.url, 'SELECT id FROM t')).toEqual([{ id: 1 }]);
		await Promise.all([one.drop(), other.drop()]);
		await expect(query(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
	});

	it('is filled by the next who asks when the first one failed', async () => {
		const template = `failed_${process.pid}`;
		const failing = copyOfPostgresDatabase(template, () => Promise.reject(new Error('no fill')));
		await expect(failing).rejects.toThrow('no fill');

		const database = await copyOfPostgresDatabase(template, async (url) => {
			await query(url, 'CREATE TABLE t AS SELECT 2 AS id');
		});

		expect(await query(database.url, 'SELECT id FROM t')).toEqual([{ id: 2 }]);
		await database.drop();
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
