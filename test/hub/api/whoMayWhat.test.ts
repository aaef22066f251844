import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { KEY_SCOPES, type KeyScope } from '../../../hub-server/src/workspaces/keyScopes';
import { whoMayWhat } from '../../documentation/whoMayWhat';
import { hubCalls, type DocumentedCall } from '../../support/hubCalls';
import { repositoryRoot } from '../../support/repositoryRoot';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const TENANT = '99999999-9999-4999-8999-999999999999';

/** What a call is refused by before it is looked at, such as `no_key` or `scope_missing`; undefined: by nothing. */
type Refusal = 'no_key' | 'not_admin' | 'scope_missing' | 'organisation_not_allowed' | undefined;

/** A key, and what it may not. */
interface ShownKey {
	/** Null: none is shown. */
	readonly key: string | null;
	readonly headers?: Readonly<Record<string, string>>;
	/** Undefined: it opens no workspace. */
	readonly scopes?: readonly KeyScope[];
	readonly isForSome?: boolean;
}

describe('who may do what', () => {
	let t: TestHub;
	let now = Date.now();
	const shown = new Map<string, ShownKey>();

	beforeAll(async () => {
		t = await startTestHub({ now: () => now });
		for (const name of ['Acme', 'Beta']) await t.call('POST', '/api/v1/workspaces', { name });
		const make = async (wish: object, slug = 'acme') => {
			const { body } = await t.call('POST', `/api/v1/workspaces/${slug}/api-keys`, {
				...{ name: 'x', scopes: KEY_SCOPES, ...wish },
			});
			return body as { id: string; key: string };
		};
		for (const scope of KEY_SCOPES) {
			shown.set(scope, { key: (await make({ scopes: [scope] })).key, scopes: [scope] });
		}
		const several: readonly KeyScope[] = ['events', 'read'];
		shown.set('several', { key: (await make({ scopes: several })).key, scopes: several });
		shown.set('for another organisation', {
			...{ key: (await make({ tenantIds: [TENANT] })).key, scopes: KEY_SCOPES, isForSome: true },
		});
		const old = await make({ scopes: ['events'] });
		await asBeforeScopes(t.dataDir, old.id);
		shown.set('from before there were scopes', { key: old.key, scopes: KEY_SCOPES });
		const revoked = await make({});
		await t.call('DELETE', `/api/v1/workspaces/acme/api-keys/${revoked.id}`);
		shown.set('revoked', { key: revoked.key });
		const expired = await make({ expiresAt: new Date(now + 60_000).toISOString() });
		now += 120_000;
		shown.set('expired', { key: expired.key });
		const ended = await t.call('POST', '/api/v1/admin-keys', { name: 'ended' });
		await t.call('DELETE', `/api/v1/admin-keys/${ended.body.id}`);
		shown.set('revoked, of an admin', { key: ended.body.key });
		shown.set('that was never made', { key: `xhk_${'a'.repeat(43)}` });
		shown.set('that is none', { key: null });
	}, 60_000);
	afterAll(() => t.close());

	it('stands in the table that is made from calls, pages and policies', () => {
		const path = join(repositoryRoot, 'hub-server/docs/who-may-what.md');

		// Columns are set out by Prettier.
		const words = (text: string) => text.replaceAll(/[\s-]+/g, ' ');

		expect(words(readFileSync(path, 'utf8'))).toBe(words(whoMayWhat()));
	});

	const protectedCalls = hubCalls.filter(({ access }) => access !== 'public');
	it.each(protectedCalls.map((call) => [`${call.method} ${call.path}`, call] as const))(
		'%s: each key may what the table says, and nothing else',
		async (_name, call) => {
			for (const [name, key] of shown) {
				const got = await ask(call, key.key);
				expect([name, got]).toEqual([name, expectedOf(call, key)]);
			}
		},
	);

	it.each(
		protectedCalls
			.filter(({ access }) => access === 'workspace')
			.map((call) => [`${call.method} ${call.path}`, call] as const),
	)('%s: an admin key must name a workspace, and then may', async (_name, call) => {
		expect(await ask(call, t.adminKey)).toBe('not_admin');
		expect(await ask(call, t.adminKey, { 'x-workspace': 'acme' })).toBeUndefined();
	});

	it("an API key does not become another workspace's by naming it", async () => {
		const headers = { 'x-workspace': 'beta' };
		const { key = null } = shown.get('read') ?? {};
		const answer = await fetch(`${t.hub.url}/api/v1/workspace`, {
			headers: { authorization: `Bearer ${key ?? ''}`, ...headers },
		});

		expect(await answer.json()).toMatchObject({ slug: 'acme' });
	});

	it.each([
		...['GET /api/v1/nothing', 'POST /api/v1/nothing', 'GET /api/v2/connections'],
		...['POST /api/v1/connections', 'PUT /api/v1/subscriptions', 'DELETE /api/v1/events'],
		...['PATCH /api/v1/workspace', 'GET /api/v1/workspaces/acme/nothing'],
		...['OPTIONS /api/v1/xero/x/api.xro/2.0/Invoices', 'GET /api/v1/Connections/x/token/y'],
		...['PROPFIND /api/v1/xero/x/api.xro/2.0/Invoices', 'GET /api/v1//connections'],
	])('%s is in no table, and is refused to everybody', async (name) => {
		const [method = '', path = ''] = name.split(' ');
		const keys = [...[...shown.values()].map(({ key }) => key), t.adminKey];

		for (const key of keys) {
			const { status } = await t.call(method, path, undefined, key);
			expect([401, 403, 404, 405, 429]).toContain(status);
		}
	});

	async function ask(
		{ method, path, oneOf }: DocumentedCall,
		key: string | null,
		headers: Readonly<Record<string, string>> = {},
	): Promise<Refusal> {
		const at = path.replace(/\{(\w+)\}/g, (_whole, name: string) => oneOf?.[name]?.[0] ?? 'x');
		const answer = await fetch(t.hub.url + at, {
			method: method.toUpperCase(),
			headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...headers },
		});
		const text = await answer.text();
		const code = text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined;
		// Whoever shows many wrong keys waits, and is let in by none of them either.
		if (answer.status === 401 || answer.status === 429) return 'no_key';
		if (code === 'scope_missing' || code === 'organisation_not_allowed') return code;
		return answer.status === 403 ? 'not_admin' : undefined;
	}
});

/** They are narrowed to a workflow; without one they are about every organisation's. */
const ABOUT_ALL: readonly string[] = ['get /api/v1/saved-items', 'delete /api/v1/saved-items'];

/** As the table has it. */
function expectedOf(
	{ method, path, access, needs }: DocumentedCall,
	{ key, scopes, isForSome }: ShownKey,
): Refusal {
	// Whoever shows a key of a workspace is told that it is the wrong kind; what it is else does not matter.
	if (access === 'admin') return key?.startsWith('xhk_') ? 'not_admin' : 'no_key';
	if (scopes === undefined || needs === undefined) return 'no_key';
	if (needs.scope !== 'any' && !scopes.includes(needs.scope)) return 'scope_missing';
	const isHeld =
		needs.organisations === 'all' ||
		needs.organisations === 'path' ||
		ABOUT_ALL.includes(`${method} ${path}`);
	return isForSome === true && isHeld ? 'organisation_not_allowed' : undefined;
}

/** What a hub of release 0.1 wrote of a key. */
async function asBeforeScopes(dataDir: string, id: string): Promise<void> {
	const { db, close } = connectDatabase({ dataDir });
	await db.updateTable('api_keys').set({ scopes: null }).where('id', '=', id).execute();
	await close();
}
