import * as fc from 'fast-check';
import { openDatabase } from '../../hub-server/src/database/openDatabase';
import { createSignInTries } from '../../hub-server/src/portal/access/signInTries';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const LIMITS = { burst: 3, refillMs: 1_000 };

describe.each(ENGINES)('the tries of passwords on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	const now = () => clock;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
	});
	afterEach(() => ledger.close());

	const open = (more: { maxNames?: number } = {}) =>
		createSignInTries({ db: ledger.database.db, now, limits: LIMITS, ...more });
	const rows = () => ledger.database.db.selectFrom('sign_in_tries').selectAll().execute();

	it('are as many as a name has at once and what was filled in since', async () => {
		const tries = open();
		const pauses = fc.array(fc.integer({ min: 0, max: 2_500 }), { maxLength: 25 });
		let name = 0;

		await fc.assert(
			fc.asyncProperty(pauses, async (times) => {
				name += 1;
				const began = clock;
				let taken = 0;
				for (const pause of times) {
					clock += pause;
					if ((await tries.take([`name ${name}`])) === 0) taken += 1;
					expect(taken).toBeLessThanOrEqual(3 + (clock - began) / 1_000);
				}
			}),
			{ numRuns: 20 },
		);
	});

	it('say how long to wait, and keep that word', async () => {
		const tries = open();
		for (let count = 0; count < 3; count += 1) await tries.take(['a']);
		clock += 250;

		expect(await tries.take(['a'])).toBe(750);
		clock += 749;
		expect(await tries.take(['a'])).toBe(1);
		clock += 1;
		expect(await tries.take(['a'])).toBe(0);
	});

	it('are counted by every hub together, also those of one moment', async () => {
		const other = engine === 'postgres' ? await openDatabase(ledger.location) : ledger.database;
		const here = open();
		const there = createSignInTries({ db: other.db, now, limits: LIMITS });

		const waits = await Promise.all(
			Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? here : there).take(['a'])),
		);
		if (other !== ledger.database) await other.close();

		expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
		expect(waits.filter((wait) => wait === 1_000)).toHaveLength(17);
	});

	it('are not taken from one name when another has none left', async () => {
		const tries = open();
		for (let count = 0; count < 3; count += 1) await tries.take(['account']);

		for (let count = 0; count < 9; count += 1) await tries.take(['network', 'account']);

		for (let count = 0; count < 3; count += 1) expect(await tries.take(['network'])).toBe(0);
	});

	it('come back as they would have when the clock is set back by an hour', async () => {
		const tries = open();
		for (let count = 0; count < 3; count += 1) await tries.take(['a']);
		clock -= 3_600_000;

		expect(await tries.take(['a'])).toBe(0);
		expect(await tries.take(['a'])).toBe(1_000);
		clock += 1_000;
		expect(await tries.take(['a'])).toBe(0);
	});

	it('are given back for a password that was right', async () => {
		const tries = open();

		for (let count = 0; count < 9; count += 1) {
			expect(await tries.take(['a', 'b'])).toBe(0);
			await tries.giveBack(['a', 'b']);
		}
	});

	it('keep no name as it was typed, and no row longer than it says something', async () => {
		await open().take(['account somebody@example.com']);
		const kept = await rows();
		clock += 1_000;
		await open().take(['b']);

		expect(JSON.stringify(kept)).not.toContain('somebody');
		expect(await rows()).toHaveLength(1);
	});

	it('are kept of so many names only: those that tried most', async () => {
		const tries = open();
		for (const name of ['often', 'once', 'often', 'twice', 'twice', 'often']) {
			await tries.take([name]);
		}

		await open({ maxNames: 1 }).take([]);

		expect(await rows()).toHaveLength(1);
		expect(await tries.take(['often'])).toBeGreaterThan(0);
	});
});
