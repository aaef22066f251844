import { createJoinLinks, type JoinLinks } from '../../hub-server/src/portal/access/joinLinks';
import type { Access, PortalUser } from '../../hub-server/src/portal/access/PortalUser';
import { createUserStore, type UserStore } from '../../hub-server/src/portal/access/userStore';
import { createWorkspaceStore } from '../../hub-server/src/workspaces/workspaceStore';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const EVERYWHERE: Access = { role: 'viewer', workspaces: 'all' };
const HOUR = 3600_000;

describe.each(ENGINES)('links that let one person in, on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	let users: UserStore;
	let links: JoinLinks;
	let owner: PortalUser;
	let maker: PortalUser;
	const now = () => clock;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
		const { db } = ledger.database;
		users = createUserStore({ db, now });
		links = createJoinLinks({ db, now });
		owner = await person('owner', { role: 'owner', workspaces: 'all' });
		maker = await person('maker', { role: 'owner', workspaces: 'all' });
	});
	afterEach(() => ledger.close());

	const person = (name: string, access: Access) =>
		users.create({
			name,
			email: `${name}@example.com`,
			password: 'nine quiet bicycles',
			...access,
		});
	const invite = (by: PortalUser, access: Access = EVERYWHERE) =>
		links.create({ kind: 'invitation', userId: null, ...access }, { id: by.id, name: by.email });
	const newPassword = (by: PortalUser, user: PortalUser) =>
		links.create({ ...user, kind: 'password', userId: user.id }, { id: by.id, name: by.email });

	it.each([
		['is removed', () => users.remove(maker.id)],
		['is no owner any more', () => users.setAccess(maker.id, EVERYWHERE)],
	])('end at once when whoever made them %s, and those of others do not', async (_what, end) => {
		const invitation = await invite(maker);
		const password = await newPassword(maker, owner);
		const others = await invite(owner);

		await end();

		for (const token of [invitation, password]) {
			expect(await links.find(token)).toEqual({ kind: 'ended' });
			expect(await links.use(token)).toBe(false);
		}
		expect((await links.listOpen()).map(({ madeBy }) => madeBy)).toEqual([owner.email]);
		expect(await links.use(others)).toBe(true);
	});

	it('stay ended when their maker becomes an owner again', async () => {
		const token = await invite(maker);
		await users.setAccess(maker.id, EVERYWHERE);
		await users.setAccess(maker.id, { role: 'owner', workspaces: 'all' });

		expect(await links.use(token)).toBe(false);
	});

	it('end too when they were made at the moment in which their maker went', async () => {
		await users.remove(maker.id);

		const token = await invite(maker);

		expect(await links.find(token)).toEqual({ kind: 'ended' });
		expect(await links.use(token)).toBe(false);
		expect(await links.listOpen()).toEqual([]);
	});

	it('to a new password end with the first one that is chosen', async () => {
		const [first, second] = [await newPassword(owner, maker), await newPassword(owner, maker)];
		expect(await links.use(first)).toBe(true);

		await users.setPassword(maker.id, 'ten loud bicycles');

		expect(await links.find(first)).toEqual({ kind: 'used' });
		expect(await links.find(second)).toEqual({ kind: 'ended' });
	});

	it('are listed with who made them and until when, and can be revoked, whatever their kind', async () => {
		await invite(owner);
		await newPassword(maker, owner);
		await links.create(
			{ kind: 'set_up', userId: null, role: 'owner', workspaces: 'all' },
			{ id: null, name: 'command line' },
		);

		const listed = await links.listOpen();

		expect(
			listed.map(({ kind, email, madeBy, expiresAt }) => [kind, email, madeBy, expiresAt - clock]),
		).toEqual(
			expect.arrayContaining([
				['password', owner.email, maker.email, 24 * HOUR],
				['set_up', null, 'command line', 24 * HOUR],
				['invitation', null, owner.email, 7 * 24 * HOUR],
			]),
		);
		for (const { id } of listed) await links.revoke(id);
		expect(await links.listOpen()).toEqual([]);
		await expect(links.revoke(listed[0]?.id ?? '')).rejects.toThrow('was used meanwhile');
	});

	it('of an earlier version let in as before, and are listed as made by nobody who is known', async () => {
		const workspace = await createWorkspaceStore({ db: ledger.database.db, now }).create({
			name: 'Acme',
			n8nBaseUrls: [],
		});
		const token = await invite(owner);
		await ledger.database.db
			.updateTable('join_links')
			.set({
				...{ role: 'connector', all_workspaces: 0, workspace_roles: null },
				...{ made_by: null, made_by_name: null, workspace_ids: JSON.stringify([workspace.id]) },
			})
			.execute();

		const [listed] = await links.listOpen();

		const workspaces = [{ id: workspace.id, role: 'connector' }];
		expect(listed).toMatchObject({ madeBy: null, role: 'connector', workspaces });
		expect(await links.use(token)).toBe(true);
	});
});
