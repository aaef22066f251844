import { accessByGroups } from '../../hub-server/src/portal/access/accessByGroups';
import { admitByOidc } from '../../hub-server/src/portal/access/admitByOidc';
import type { OidcIdentity } from '../../hub-server/src/portal/access/oidcProvider';
import { createSessionStore } from '../../hub-server/src/portal/access/sessionStore';
import { createUserStore, type UserStore } from '../../hub-server/src/portal/access/userStore';
import { createWorkspaceStore } from '../../hub-server/src/workspaces/workspaceStore';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const ROLES = new Map([
	['admins', 'owner'],
	['books', 'connector'],
	['finance', 'viewer'],
] as const);

const ACME = { id: '1', slug: 'acme' };
const BETA = { id: '2', slug: 'beta' };

const WORKSPACE_ROLES = new Map(
	Object.entries({
		'acme-books': { acme: 'connector' },
		clients: { acme: 'viewer', beta: 'viewer' },
		elsewhere: { gone: 'connector' },
	} as const).map(([group, given]) => [group, new Map(Object.entries(given))]),
);

const NED: OidcIdentity = {
	...{ issuer: 'https://login.example.com', subject: 'ned', email: 'ned@example.com' },
	...{ emailVerified: true, name: 'Ned', groups: ['finance'] },
};

it.each([
	[['finance', 'admins', 'books'], 'owner'],
	[['finance', 'books'], 'connector'],
	[['finance', 'others'], 'viewer'],
	[['others'], undefined],
	[[], undefined],
])('the groups %j give the most of what each gives', (groups, role) => {
	const access = accessByGroups({ roles: ROLES, workspaceRoles: new Map() }, groups, [ACME]);

	expect(access).toEqual(role && { role, workspaces: 'all' });
});

it.each([
	[['clients'], { 1: 'viewer', 2: 'viewer' }],
	[['clients', 'acme-books'], { 1: 'connector', 2: 'viewer' }],
	[['acme-books', 'finance'], { 1: 'connector', 2: 'viewer' }],
	[['clients', 'finance'], 'viewer'],
	[['acme-books', 'books'], 'connector'],
	[['clients', 'admins'], 'owner'],
	[['elsewhere'], undefined],
])('the groups %j give %j where some are for single workspaces', (groups, given) => {
	const roles = { roles: ROLES, workspaceRoles: WORKSPACE_ROLES };

	const access = accessByGroups(roles, groups, [ACME, BETA]);

	const { workspaces } = access ?? {};
	expect(
		Array.isArray(workspaces)
			? Object.fromEntries(workspaces.map(({ id, role }) => [id, role]))
			: access?.role,
	).toEqual(given);
});

describe.each(ENGINES)('people whom a provider of OpenID Connect knows, on %s', (engine) => {
	let ledger: FreshLedger;
	let users: UserStore;
	let admit: (identity: OidcIdentity) => ReturnType<typeof admitByOidc>;

	beforeEach(async () => {
		ledger = await freshLedger(engine);
		const deps = { db: ledger.database.db, now: () => 1 };
		users = createUserStore(deps);
		const sessions = createSessionStore(deps);
		const workspaces = createWorkspaceStore(deps);
		for (const name of ['Acme', 'Beta']) await workspaces.create({ name });
		const config = { roles: ROLES, workspaceRoles: WORKSPACE_ROLES };
		admit = (identity) => admitByOidc({ users, sessions, workspaces }, config, identity);
	});
	afterEach(() => ledger.close());

	it('have no password that could be guessed', async () => {
		await admit(NED);

		for (const password of ['', ' ', 'ned']) {
			expect(await users.authenticate('ned@example.com', password)).toBeUndefined();
		}
	});

	it('are known by issuer and subject, whatever their address becomes', async () => {
		const first = await admit(NED);
		const second = await admit({ ...NED, email: 'new@example.com' });
		const elsewhere = await admit({ ...NED, issuer: 'https://other.example.com' });

		expect(first).toMatchObject({ kind: 'admitted', isNew: true });
		expect(second.user?.id).toBe(first.user?.id);
		expect(elsewhere.kind).toBe('refused');
	});

	it('see the workspaces that their groups are for, as the groups are at each sign-in', async () => {
		const first = await admit({ ...NED, groups: ['acme-books'] });
		const second = await admit({ ...NED, groups: ['clients'] });

		expect(first.user?.workspaces).toMatchObject([{ role: 'connector' }]);
		expect(second.user?.workspaces).toMatchObject([{ role: 'viewer' }, { role: 'viewer' }]);
	});

	it('stay the last owner whatever their groups say', async () => {
		const { user } = await admit({ ...NED, groups: ['admins'] });

		expect(await admit({ ...NED, groups: ['finance'] })).toMatchObject({ kind: 'admitted' });
		expect(await admit({ ...NED, groups: [] })).toMatchObject({ kind: 'refused' });

		expect(await users.get(user?.id ?? '')).toMatchObject({ role: 'owner', workspaces: 'all' });
	});

	it('see nothing once they are in no group', async () => {
		const { user } = await admit({ ...NED, groups: ['books'] });
		await admit({ ...NED, groups: ['others'] });

		expect(await users.get(user?.id ?? '')).toMatchObject({ role: 'viewer', workspaces: [] });
		await admit({ ...NED, groups: ['books'] });
		expect(await users.get(user?.id ?? '')).toMatchObject({ role: 'connector', workspaces: 'all' });
	});

	it('are refused without an address, and with one that is not verified and taken', async () => {
		await users.create({
			...{ name: 'Here', email: 'ned@example.com', password: 'nine quiet bicycles' },
			...{ role: 'owner', workspaces: 'all' },
		});

		for (const identity of [
			{ ...NED, email: undefined },
			{ ...NED, emailVerified: false },
		]) {
			expect(await admit(identity)).toMatchObject({ kind: 'refused' });
		}
		expect(await users.findByIdentity(NED.issuer, NED.subject)).toBeUndefined();
		expect((await admit(NED)).kind).toBe('admitted');
	});
});
