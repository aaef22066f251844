import { createAdminKeyStore } from '../../../hub-server/src/workspaces/adminKeyStore';
import { eventually } from '../../support/eventually';
import { ENGINES, freshLedger, type FreshLedger } from '../../support/freshLedger';

const DAY = 24 * 3600_000;

describe.each(ENGINES)('admin keys on %s', (engine) => {
	let ledger: FreshLedger;
	let now: number;
	const store = (configured?: string) =>
		createAdminKeyStore({ db: ledger.database.db, now: () => now, configured });
	beforeEach(async () => {
		ledger = await freshLedger(engine);
		now = 1_800_000_000_000;
	});
	afterEach(() => ledger.close());

	it('are listed by name, with their last use, and never with the key', async () => {
		const keys = store();
		const { id, key } = await keys.create({ name: 'ops' });

		expect(await keys.ownerOf(key)).toEqual({ id, name: 'ops', expiredAt: undefined });
		const [listed] = await eventually('the use', async () => {
			const all = await keys.list();
			return all[0]?.lastUsedAt ? all : undefined;
		});

		expect(listed).toMatchObject({ id, name: 'ops', revokedAt: null, isExpired: false });
		expect(JSON.stringify(listed)).not.toContain(key);
	});

	it('expire, and count as none then', async () => {
		const keys = store();
		const { key } = await keys.create({ name: 'ops', expiresAt: now + DAY });
		expect(await keys.any()).toBe(true);

		now += DAY;

		expect((await keys.ownerOf(key))?.expiredAt).toBe(now);
		expect((await keys.list())[0]?.isExpired).toBe(true);
		expect(await keys.any()).toBe(false);
	});

	it('are revoked, but for the last one that works', async () => {
		const keys = store();
		const one = await keys.create({ name: 'one' });
		const other = await keys.create({ name: 'other' });
		await keys.create({ name: 'over', expiresAt: now });

		await keys.revoke(one.id);
		await keys.revoke(one.id);

		expect(await keys.ownerOf(one.key)).toBeUndefined();
		await expect(keys.revoke(other.id)).rejects.toThrow('the last admin key that works');
		await expect(keys.revoke('none')).rejects.toThrow('There is no admin key "none"');
		await store('xha_configured').revoke(other.id);
		expect(await keys.ownerOf(other.key)).toBeUndefined();
	});

	it('work until they are revoked or expire, and that of the environment while it is there', async () => {
		const keys = store('xha_configured');
		const revoked = await keys.create({ name: 'one' });
		const expiring = await keys.create({ name: 'other', expiresAt: now + DAY });
		const configured = (await keys.ownerOf('xha_configured'))?.id ?? '';
		const standing = (of = keys) =>
			Promise.all([revoked.id, expiring.id, configured, 'none'].map((id) => of.works(id)));
		expect(await standing()).toEqual([true, true, true, false]);

		await keys.revoke(revoked.id);
		now += DAY;

		expect(await standing()).toEqual([false, false, true, false]);
		expect(await standing(store('xha_another'))).toEqual([false, false, false, false]);
	});

	it('are not all gone when two revoke each other’s', async () => {
		const keys = store();
		const one = await keys.create({ name: 'one' });
		const other = await keys.create({ name: 'other' });

		await Promise.allSettled([keys.revoke(one.id), keys.revoke(other.id)]);

		expect(await keys.any()).toBe(true);
	});
});
