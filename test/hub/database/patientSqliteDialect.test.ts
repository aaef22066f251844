import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { PatientSqliteDialect } from '../../../hub-server/src/database/patientSqliteDialect';
import { LedgerLockedError } from '../../../hub-server/src/errors/ledgerErrors';
import { temporaryFolder } from '../../support/temporaryFolder';

interface Things {
	things: { name: string };
}

/** Another process's connection is one like this: SQLite's locks are by connection. */
describe('SQLite while another program has the lock', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let foreign: SqliteDatabase.Database;
	let db: Kysely<Things>;
	let time: number;
	beforeEach(async () => {
		folder = temporaryFolder();
		const path = join(folder.path, 'file.sqlite');
		foreign = new SqliteDatabase(path);
		foreign.pragma('journal_mode = WAL');
		foreign.exec('create table things (name text not null)');
		time = 0;
		db = new Kysely<Things>({
			dialect: new PatientSqliteDialect(new SqliteDatabase(path), {
				waitMs: 2_000,
				pauseMs: 1,
				// Each look at the clock is half a second later.
				elapsed: () => (time += 500),
			}),
		});
	});
	afterEach(async () => {
		await db.destroy();
		foreign.close();
		folder.remove();
	});

	const put = (name: string) => db.insertInto('things').values({ name }).execute();
	const putInTransaction = (name: string) =>
		db.transaction().execute((tx) => tx.insertInto('things').values({ name }).execute());
	const names = async () =>
		(await db.selectFrom('things').select('name').execute()).map(({ name }) => name);
	const turn = () => new Promise((resolve) => setImmediate(resolve));

	it.each([
		['a statement', put],
		['a transaction', putInTransaction],
	])('lets %s wait for it, and the event loop go on', async (_what, write) => {
		foreign.exec('begin immediate');
		let isDone = false;

		const written = write('one').then(() => {
			isDone = true;
		});
		await turn();
		await turn();
		expect(isDone).toBe(false);
		expect(await names()).toEqual([]);
		foreign.exec('commit');
		await written;

		expect(await names()).toEqual(['one']);
	});

	it.each([
		['a statement', put],
		['a transaction', putInTransaction],
	])('fails %s with the real cause when it lasts too long', async (_what, write) => {
		foreign.exec('begin immediate');

		const failed = await write('one').catch((cause: unknown) => cause);

		expect(failed).toBeInstanceOf(LedgerLockedError);
		expect((failed as LedgerLockedError).cause).toMatchObject({ code: 'SQLITE_BUSY' });
		expect((failed as LedgerLockedError).message).toMatch(
			/^Another program keeps the ledger locked/,
		);
		foreign.exec('commit');
		await put('two');
		expect(await names()).toEqual(['two']);
	});

	it('waits no millisecond inside SQLite', async () => {
		await put('one');

		const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(db);

		expect(rows).toEqual([{ timeout: 0 }]);
	});

	it('lets nobody into a transaction that is open', async () => {
		const entered = Promise.withResolvers<void>();
		const leave = Promise.withResolvers<void>();
		const failed = db
			.transaction()
			.execute(async (tx) => {
				await tx.insertInto('things').values({ name: 'taken back' }).execute();
				entered.resolve();
				await leave.promise;
				throw new Error('never mind');
			})
			.catch((cause: unknown) => cause);
		await entered.promise;

		const [read, written] = [names(), put('kept')];
		leave.resolve();

		expect(await failed).toEqual(new Error('never mind'));
		expect(await read).toEqual([]);
		await written;
		expect(await names()).toEqual(['kept']);
	});

	it('names what made SQLite roll back by itself, not that there is nothing to roll back', async () => {
		await sql
			.raw(
				"create trigger full before insert on things begin select raise(rollback, 'disk is full'); end",
			)
			.execute(db);

		await expect(putInTransaction('one')).rejects.toThrow('disk is full');

		await sql.raw('drop trigger full').execute(db);
		await putInTransaction('two');
		expect(await names()).toEqual(['two']);
	});
});
