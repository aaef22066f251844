import SqliteDatabase from 'better-sqlite3';
import { cachedStatements } from '../../../hub-server/src/database/cachedStatements';

describe('prepared statements that are kept', () => {
	it('see columns that were added after they were prepared', () => {
		const file = new SqliteDatabase(':memory:');
		file.exec('create table t (a text)');
		file.exec("insert into t values ('one')");
		const database = cachedStatements(file);
		const select = () => database.prepare('select * from t').all([]);
		expect(select()).toEqual([{ a: 'one' }]);

		file.exec('alter table t add column b text');

		expect(select()).toEqual([{ a: 'one', b: null }]);
		database.close();
	});

	it('are the same ones each time, until too many others were used', () => {
		const database = cachedStatements(new SqliteDatabase(':memory:'));
		const first = database.prepare('select 1');

		for (let n = 0; n < 299; n += 1) database.prepare(`select ${n} as other`);
		expect(database.prepare('select 1')).toBe(first);
		for (let n = 0; n < 300; n += 1) database.prepare(`select ${n} as another`);

		expect(database.prepare('select 1')).not.toBe(first);
		database.close();
	});
});
