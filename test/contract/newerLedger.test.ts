import { sql } from 'kysely';
import { checkLedger } from '../../hub-server/src/cli/doctor/checkLedger';
import { migrateToLatest } from '../../hub-server/src/database/migrateToLatest';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { ENGINES, freshLedger } from '../support/freshLedger';

describe.each(ENGINES)('a ledger that a newer version of the hub has changed, on %s', (engine) => {
	let ledger: Awaited<ReturnType<typeof freshLedger>>;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
		await sql`insert into kysely_migration (name, timestamp) values ('0099Future', '2027')`.execute(
			ledger.database.db,
		);
	});
	afterEach(() => ledger.close());

	it('is refused by an older one, which says what to do', async () => {
		const { db } = ledger.database;

		await expect(migrateToLatest(db, engine, Date.now)).rejects.toThrow(
			'The ledger was written by a newer version of the hub (0099Future). ' +
				'Start that version, or restore the backup that was taken before it ran.',
		);
	});

	it('is no healthy ledger to doctor', async () => {
		const keyRing = createKeyRing([{ id: 'k1', key: Buffer.alloc(32, 7) }]);

		const [finding] = await checkLedger(ledger.database, keyRing);

		expect(finding).toMatchObject({
			verdict: 'wrong',
			text: expect.stringContaining('newer version of the hub (0099Future)'),
		});
	});
});
