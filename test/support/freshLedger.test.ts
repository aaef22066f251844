import { openDatabase } from '../../hub-server/src/database/openDatabase';
import { ENGINES, freshLedger } from './freshLedger';

describe.each(ENGINES)('a fresh ledger on %s', (engine) => {
	it('is migrated, empty, and open to a second connection', async () => {
		const ledger = await freshLedger(engine);
		const second = await openDatabase(ledger.location);

		await ledger.database.db.insertInto('settings').values({ name: 'a', value: '1' }).execute();

		expect(await second.db.selectFrom('settings').selectAll().execute()).toEqual([
			{ name: 'a', value: '1' },
		]);
		expect(await second.db.selectFrom('grants').selectAll().execute()).toEqual([]);
		await second.close();
		await ledger.close();
	});
});
