import type { Kysely } from 'kysely';
import { openDatabase } from '../../hub-server/src/database/openDatabase';
import type { Tables } from '../../hub-server/src/database/tables';
import {
	LEASE,
	newLease,
	passingOverLocked,
	RECORD_LEASE,
	type Lease,
} from '../../hub-server/src/work/lease';
import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const MINUTE = 60_000;

describe.each(ENGINES)('leases on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
	});
	afterEach(() => f.close());

	const take = async (lease: Lease, at: number) => {
		const { numUpdatedRows } = await f.db
			.updateTable('deliveries')
			.set(LEASE.heldBy(lease))
			.where(LEASE.isFree(at))
			.executeTakeFirst();
		return numUpdatedRows === 1n;
	};
	const writeAs = async (lease: Lease, reason: string) => {
		const { numUpdatedRows } = await f.db
			.updateTable('deliveries')
			.set({ reason, ...LEASE.free })
			.where(LEASE.isHeldBy(lease.id))
			.executeTakeFirst();
		return numUpdatedRows === 1n;
	};

	it('gives a row to one holder until the lease runs out, and not a moment longer', async () => {
		const first = newLease(START, MINUTE);
		const second = newLease(START + MINUTE, MINUTE);

		expect(await take(first, START)).toBe(true);
		expect(await take(second, START + MINUTE - 1)).toBe(false);
		expect(await take(second, START + MINUTE)).toBe(true);
	});

	it('lets nobody write but the holder of now', async () => {
		const slow = newLease(START, MINUTE);
		const next = newLease(START + MINUTE, MINUTE);
		await take(slow, START);
		await take(next, START + MINUTE);

		expect(await writeAs(slow, 'late')).toBe(false);
		expect(await writeAs(next, 'mine')).toBe(true);
		expect(await writeAs(next, 'again')).toBe(false);

		const row = await f.db.selectFrom('deliveries').select('reason').executeTakeFirstOrThrow();
		expect(row.reason).toBe('mine');
	});

	it('gives a row back at once when it is given back', async () => {
		const first = newLease(START, MINUTE);
		await take(first, START);
		await writeAs(first, 'done');

		expect(await take(newLease(START, MINUTE), START)).toBe(true);
	});

	it('keeps the lease of an event beside those of its deliveries', async () => {
		const lease = newLease(START, MINUTE);
		await f.db.updateTable('events').set(RECORD_LEASE.heldBy(lease)).execute();

		const isFree = async (at: number) =>
			(await f.db.selectFrom('events').select('id').where(RECORD_LEASE.isFree(at)).execute())
				.length === 1;
		expect([await isFree(START), await isFree(START + MINUTE)]).toEqual([false, true]);
		expect(await take(newLease(START, MINUTE), START)).toBe(true);
		const { numUpdatedRows } = await f.db
			.updateTable('events')
			.set(RECORD_LEASE.free)
			.where(RECORD_LEASE.isHeldBy(lease.id))
			.executeTakeFirst();
		expect(numUpdatedRows).toBe(1n);
		expect(await isFree(START)).toBe(true);
	});

	if (engine === 'postgres') {
		it('passes over what another process is choosing at this moment, joined or not', async () => {
			await f.accept([anEvent()]);
			const other = await openDatabase(f.location);
			const oldest = (db: Kysely<Tables>) =>
				db
					.selectFrom('deliveries as d')
					.innerJoin('events as e', 'e.id', 'd.event_id')
					.select('d.id')
					.where(LEASE.isFree(START, 'd'))
					.orderBy('d.id')
					.limit(1)
					.$call(passingOverLocked(engine, 'd'))
					.execute();
			const event = (db: Kysely<Tables>) =>
				db
					.selectFrom('events')
					.select('id')
					.orderBy('id')
					.limit(1)
					.$call(passingOverLocked(engine))
					.execute();

			const [mine, theirs] = await f.db.transaction().execute(async (tx) => {
				const chosen = [...(await oldest(tx)), ...(await event(tx))];
				return [chosen, [...(await oldest(other.db)), ...(await event(other.db))]];
			});
			await other.close();

			expect(mine).toHaveLength(2);
			expect(theirs).toHaveLength(2);
			expect(theirs).not.toEqual(expect.arrayContaining(mine.slice(0, 1)));
			expect(theirs).not.toEqual(expect.arrayContaining(mine.slice(1)));
		});
	}
});
