import {
	createPasskeyStore,
	type PasskeyStore,
} from '../../hub-server/src/portal/access/passkeyStore';
import { createUserStore } from '../../hub-server/src/portal/access/userStore';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

describe.each(ENGINES)('passkeys on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	let store: PasskeyStore;
	let you: string;
	let other: string;
	const now = () => clock;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
		const { db } = ledger.database;
		const users = createUserStore({ db, now });
		store = createPasskeyStore({ db, now });
		const person = async (email: string) =>
			(
				await users.create({
					...{ name: email, email, password: 'nine quiet bicycles' },
					...{ role: 'owner', workspaces: 'all' },
				})
			).id;
		[you, other] = [await person('you@example.com'), await person('other@example.com')];
	});
	afterEach(() => ledger.close());

	const add = (id: string, counter: number, userId = you) =>
		store.add({
			...{ id, userId, name: 'Laptop', publicKey: 'AAAA', counter },
			transports: ['internal'],
		});

	it('are kept as they were made, each with one person', async () => {
		expect(await add('key', 0)).toBe(true);

		expect(await add('key', 0, other)).toBe(false);
		expect(await store.find('key')).toEqual({
			...{ id: 'key', userId: you, name: 'Laptop', publicKey: 'AAAA', counter: 0 },
			...{ transports: ['internal'], createdAt: clock, usedAt: null },
		});
		expect(await store.list(other)).toEqual([]);
	});

	it('take a counter that goes on, and neither the same again nor an older one', async () => {
		await add('key', 5);
		clock += 1_000;

		expect(await store.noteUse('key', 7)).toBe(true);
		expect(await store.noteUse('key', 7)).toBe(false);
		expect(await store.noteUse('key', 6)).toBe(false);
		expect(await store.noteUse('key', 0)).toBe(false);
		expect(await store.find('key')).toMatchObject({ counter: 7, usedAt: clock });
	});

	it('take one of two copies that answer at the same time', async () => {
		await add('key', 5);

		const answers = await Promise.all([1, 2, 3].map(() => store.noteUse('key', 6)));

		expect(answers.filter(Boolean)).toHaveLength(1);
	});

	it('may not count at all', async () => {
		await add('key', 0);

		expect(await store.noteUse('key', 0)).toBe(true);
		expect(await store.noteUse('key', 0)).toBe(true);
	});

	it('are renamed and removed by their person only', async () => {
		await add('key', 0);
		await expect(store.rename(other, 'key', 'Mine')).rejects.toThrow('There is no such passkey.');
		await expect(store.remove(other, 'key')).rejects.toThrow('There is no such passkey.');

		await store.rename(you, 'key', 'Desk');
		expect(await store.list(you)).toMatchObject([{ name: 'Desk' }]);
		await store.remove(you, 'key');

		expect(await store.noteUse('key', 1)).toBe(false);
		expect(await store.list(you)).toEqual([]);
	});
});
