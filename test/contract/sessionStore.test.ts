import {
	ABSOLUTE_MS,
	createSessionStore,
	IDLE_MS,
	type SessionStore,
} from '../../hub-server/src/portal/access/sessionStore';
import { createUserStore } from '../../hub-server/src/portal/access/userStore';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const AT_HOME = { browser: 'Firefox on Linux', network: '192.0.2.0/24' };
const AT_WORK = { browser: 'Edge on Windows', network: '2001:db8::/48' };

describe.each(ENGINES)('the sessions of the portal, on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	let sessions: SessionStore;
	let you: string;
	let other: string;
	const now = () => clock;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
		const { db } = ledger.database;
		const users = createUserStore({ db, now });
		sessions = createSessionStore({ db, now });
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

	it('are listed with browser, coarse network, since when and when they were seen last', async () => {
		const home = await sessions.create(you, AT_HOME);
		clock += 60_000;
		await sessions.create(you, AT_WORK);
		await sessions.create(other, AT_HOME);
		clock += 60_000;
		await sessions.find(home);

		expect(await sessions.list(you)).toEqual([
			expect.objectContaining({ ...AT_HOME, createdAt: clock - 120_000, seenAt: clock }),
			expect.objectContaining({ ...AT_WORK, createdAt: clock - 60_000, seenAt: clock - 60_000 }),
		]);
		expect(JSON.stringify(await sessions.list(you))).not.toContain(home);
	});

	it('are listed as long as they live', async () => {
		await sessions.create(you, AT_HOME);
		clock += IDLE_MS;
		expect(await sessions.list(you)).toEqual([]);

		const kept = await sessions.create(you, AT_WORK);
		for (let at = 0; at < ABSOLUTE_MS; at += IDLE_MS / 2) {
			expect(await sessions.find(kept)).toBeDefined();
			clock += IDLE_MS / 2;
		}
		expect(await sessions.list(you)).toEqual([]);
		expect(await sessions.find(kept)).toBeUndefined();
	});

	it('end one by one, those of the person who asks only', async () => {
		const home = await sessions.create(you, AT_HOME);
		const work = await sessions.create(you, AT_WORK);
		const id = (await sessions.find(home))?.id ?? '';

		await expect(sessions.endOne(other, id)).rejects.toThrow('This session has ended already.');
		await sessions.endOne(you, id);

		expect(await sessions.find(home)).toBeUndefined();
		expect(await sessions.find(work)).toBeDefined();
		await expect(sessions.endOne(you, id)).rejects.toThrow('This session has ended already.');
	});

	it('end all, or all but one', async () => {
		const home = await sessions.create(you, AT_HOME);
		const work = await sessions.create(you, AT_WORK);
		const others = await sessions.create(other, AT_HOME);

		expect(await sessions.endAll(you, (await sessions.find(home))?.id)).toBe(1);
		expect(await sessions.find(work)).toBeUndefined();
		expect(await sessions.find(home)).toBeDefined();
		expect(await sessions.endAll(you)).toBe(1);
		expect(await sessions.find(others)).toBeDefined();
	});

	it('that an earlier version began go on, and are listed with what is known', async () => {
		const token = await sessions.create(you, AT_HOME);
		await ledger.database.db
			.updateTable('portal_sessions')
			.set({ browser: null, network: null })
			.execute();

		expect(await sessions.find(token)).toMatchObject({ userId: you, browser: null, network: null });
	});
});
