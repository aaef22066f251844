import { createAlertLedger } from '../../../hub-server/src/alerts/alertLedger';
import { watchDisk } from '../../../hub-server/src/notices/watchDisk';
import { ledgerFixture, type LedgerFixture } from '../../contract/ledgerFixture';
import { ENGINES } from '../../support/freshLedger';

const GIB = 1024 ** 3;

describe.each(ENGINES)('a disk that fills, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const kinds = async () => (await createAlertLedger(f).openEverywhere()).map(({ kind }) => kind);

	it('is told below a gigabyte, and has ended when there is clearly more', async () => {
		await watchDisk(f.db, 2 * GIB, f.now());
		expect(await kinds()).toEqual([]);

		await watchDisk(f.db, 0.9 * GIB, f.now());
		await watchDisk(f.db, 1.1 * GIB, f.now());
		expect(await kinds()).toEqual(['disk_filling']);

		await watchDisk(f.db, 1.3 * GIB, f.now());
		expect(await kinds()).toEqual([]);
	});
});
