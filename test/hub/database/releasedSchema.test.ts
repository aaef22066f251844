import { Migrator } from 'kysely/migration';
import { migrationsOf } from '../../../hub-server/src/database/migrateToLatest';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { releasedLedgers } from '../../fixtures/releasedLedgers/ReleasedLedger';
import { ENGINES } from '../../support/freshLedger';
import { emptyLedgerPlace } from '../../support/emptyLedgerPlace';
import { dumpLedger, loadLedger, runSql, type LedgerPlace } from '../../support/ledgerDump';

describe.each(ENGINES)('the schema on %s', (engine) => {
	const released = releasedLedgers(engine);
	let place: LedgerPlace;
	let remove: () => Promise<void>;
	beforeEach(async () => {
		({ place, remove } = await emptyLedgerPlace(engine));
	});
	afterEach(() => remove());

	async function migrate(to: string): Promise<void> {
		const { db, close } = connectDatabase({ dataDir: '', ...place });
		try {
			const migrations = migrationsOf(engine, Date.now);
			const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
			const { error } = await migrator.migrateTo(
				Object.keys(migrations).find((name) => name.startsWith(to)) ?? to,
			);
			if (error) throw new Error(`The ledger did not reach ${to}.`, { cause: error });
		} finally {
			await close();
		}
	}

	it('of the first release is kept', () => {
		expect(released.map(({ release }) => release)).toContain('0008');
	});

	it.each(released)('of release $release is what its migrations make', async (ledger) => {
		await migrate(ledger.release);

		expect((await dumpLedger(place)).schema).toBe(ledger.schema);
	});

	it.each([
		'alter table events add column more text',
		'create index more on events (tenant_id)',
		'drop index deliveries_due',
		'create table more (id text)',
	])('is another one after: %s', async (change) => {
		await migrate('0008');

		await runSql(place, change);

		expect((await dumpLedger(place)).schema).not.toBe(released[0]?.schema);
	});

	it.each(released)('and the rows of release $release are loaded as they were', async (ledger) => {
		await loadLedger(place, ledger);

		const { schema, data, counts } = await dumpLedger(place);

		expect(schema).toBe(ledger.schema);
		expect(data).toBe(ledger.data);
		expect(counts).toEqual(ledger.facts.counts);
	});
});
