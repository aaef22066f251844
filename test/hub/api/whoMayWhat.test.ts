import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_SCOPES, type KeyScope } from '../../../hub-server/src/workspaces/keyScopes';
import { whoMayWhat } from '../../documentation/whoMayWhat';
import { hubCalls } from '../../support/hubCalls';
import { repositoryRoot } from '../../support/repositoryRoot';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const TENANT = '99999999-9999-4999-8999-999999999999';

describe('who may do what', () => {
	let t: TestHub;
	const keys = new Map<KeyScope, string>();
	let some: string;
	beforeAll(async () => {
		t = await startTestHub();
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		const make = async (wish: object) =>
			(await t.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'x', ...wish })).body
				.key as string;
		for (const scope of KEY_SCOPES) keys.set(scope, await make({ scopes: [scope] }));
		some = await make({ scopes: KEY_SCOPES, tenantIds: [TENANT] });
	}, 60_000);
	afterAll(() => t.close());

	it('stands in the table that is made from the calls', () => {
		const path = join(repositoryRoot, 'hub-server/docs/who-may-what.md');

		// Columns are set out by Prettier.
		const words = (text: string) => text.replaceAll(/[\s-]+/g, ' ');

		expect(words(readFileSync(path, 'utf8'))).toBe(words(whoMayWhat()));
	});

	const protectedCalls = hubCalls.filter(({ access }) => access !== 'public');
	it.each(protectedCalls.map((call) => [`${call.method} ${call.path}`, call] as const))(
		'%s: each scope may what it is for, and nothing else',
		async (_name, { method, path, oneOf, access, needs }) => {
			const at = path.replace(/\{(\w+)\}/g, (_whole, name: string) => oneOf?.[name]?.[0] ?? 'x');

			for (const [scope, key] of keys) {
				const { status, body } = await t.call(method.toUpperCase(), at, undefined, key);
				const isMeant = access === 'workspace' && ['any', scope].includes(needs?.scope ?? '');
				if (access === 'admin') expect(status).toBe(403);
				else expect([scope, body?.code === 'scope_missing']).toEqual([scope, !isMeant]);
			}
			if (needs?.organisations === 'all' || needs?.organisations === 'path') {
				const { body } = await t.call(method.toUpperCase(), at, undefined, some);
				expect(body.code).toBe('organisation_not_allowed');
			}
		},
	);
});
