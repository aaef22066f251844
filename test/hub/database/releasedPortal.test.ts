import { doctor } from '../../../hub-server/src/cli/doctor/doctor';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { KEY_SCOPES } from '../../../hub-server/src/workspaces/keyScopes';
import { releasedLedgers } from '../../fixtures/releasedLedgers/ReleasedLedger';
import { ENGINES } from '../../support/freshLedger';
import { openReleased, type OpenedRelease } from '../../support/openReleased';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { PAGE_RIGHTS } from '../../support/portal/pageRights';

const CASES = ENGINES.flatMap((engine) =>
	releasedLedgers(engine).map((ledger) => ({ engine, release: ledger.release, ledger })),
);

/** About what that release did not keep: there is none of it in its ledger. */
const NEW_SINCE =
	/streams\/|\/pushes\/:id|\/payloads\/:id|\/links\/:mark|\/records\/:tenantId|\/choose|\/weeks\//;

const pages = Object.entries(PAGE_RIGHTS)
	.filter(([name, right]) => name.startsWith('GET ') && right !== 'anybody')
	.map(([name]) => name.slice(4))
	// It stays open; what it begins with is on the page of the activity.
	.filter((path) => !NEW_SINCE.test(path) && !path.endsWith('/activity/stream'));

/** Their ids are in the form: what is none of this workspace's is passed over. */
const BY_LIST: readonly string[] = [
	...['POST /w/:slug/deliveries/replay', 'POST /w/:slug/pushes/retry'],
	...['POST /w/:slug/links/remove', 'POST /w/:slug/payloads/:change'],
];

const OWNED = ['connections', 'api_keys', 'alerts', 'grants', 'events', 'subscriptions'] as const;

const CHANGES = ['enable', 'confirm', 'replace', 'remove', 'route', 'dismiss', 'sweep'] as const;

describe.each(CASES)('the portal on the ledger of release $release, on $engine', ({ ledger }) => {
	const { acme, beta, delta, gamma, owner, colleague, adminKey } = ledger.facts;
	let opened: OpenedRelease;
	let visitor: FormBrowser;
	let personId: string;

	async function signIn(person: { email: string; password: string }): Promise<FormBrowser> {
		const browser = formBrowser(opened.hub.hub.url);
		const { email, password } = person;
		const landed = await browser.submit(await browser.get('/sign-in'), '/sign-in', {
			...{ email, password },
		});
		expect(landed).toMatchObject({ status: 200, at: '/' });
		return browser;
	}

	beforeAll(async () => {
		opened = await openReleased(ledger, {
			// Streams are there, and call nothing by themselves.
			...{ HUB_SYNC: 'on', HUB_ROLES: 'ingest,dispatch,portal' },
		});
		visitor = await signIn(owner);
		const { html } = await visitor.get('/people');
		personId = /href="\/people\/([^"]+)"/.exec(html)?.[1] ?? '';
	}, 60_000);
	afterAll(() => opened?.close());

	const values = () =>
		new Map([
			[':slug', 'acme'],
			[':connection/new', `${acme.connectionId}/new?entity=contact`],
			[':connection', acme.connectionId],
			[':kind', 'contacts'],
			['/catalogue/:type', '/catalogue/invoice.paid'],
			['/events/:id', `/events/${String(Object.keys(acme.events)[0])}`],
			['/deliveries/:id', `/deliveries/${String(Object.keys(acme.deliveries)[0])}`],
			['/workflows/:id', `/workflows/${String(acme.subscriptions['all']?.id)}`],
			['/people/:id', `/people/${personId}`],
		]);

	it.each(pages)('%s opens', async (shape) => {
		const path = [...values()].reduce((made, [name, value]) => made.replace(name, value), shape);
		expect(path).not.toContain(':');

		const page = await visitor.get(path);

		expect([path, page.status]).toEqual([path, 200]);
		expect(page.at).not.toMatch(/^\/sign-in/);
	});

	it('lists the public link and the key as old, where they can be ended', async () => {
		const organisations = await visitor.get('/w/acme/organisations');
		const keys = await visitor.get('/w/acme/api-keys');

		expect(organisations.text).toContain('Old public link');
		expect(organisations.html).toContain('/connect/acme');
		expect(keys.text).toContain('Made before keys had scopes');
	});

	it.each(KEY_SCOPES)('its key does what needs "%s"', async (scope) => {
		const call = {
			events: ['GET', '/events'],
			read: ['GET', '/links'],
			write: ['DELETE', `/links/${acme.tenantId}/crm/contact/none`],
			token: ['GET', `/connections/${acme.connectionId}/token`],
		} as const;
		const [method, path] = call[scope];

		const { status, body } = await opened.hub.call(
			...([method, `/api/v1${path}`, undefined, acme.apiKey] as const),
		);

		expect([path, status, body?.code]).not.toEqual([path, 403, 'scope_missing']);
		expect([200, 204, 404]).toContain(status);
	});

	it('the keys of each workspace open it, and no other', async () => {
		for (const [slug, { apiKey }] of Object.entries({ acme, beta, gamma, delta })) {
			const mine = await opened.hub.call('GET', '/api/v1/workspace', undefined, apiKey);
			expect(mine.body).toMatchObject({ slug });
		}
		for (const id of [beta.connectionId, delta.connectionId]) {
			const path = `/api/v1/connections/${id}/token`;
			expect((await opened.hub.call('GET', path, undefined, acme.apiKey)).status).toBe(404);
		}
		expect((await opened.hub.call('GET', '/api/v1/workspaces', undefined, adminKey)).status).toBe(
			200,
		);
	});

	it('doctor lists what is old, with what to do', async () => {
		const findings = await doctor(opened.env, opened.now);

		const old = findings.filter(({ check }) => /: (?:connect link|API keys)$/.test(check));
		expect(old).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ check: 'acme: connect link', verdict: 'warning' }),
				expect.objectContaining({ check: 'acme: API keys', verdict: 'warning' }),
				expect.objectContaining({ check: 'delta: API keys', verdict: 'warning' }),
			]),
		);
		expect(JSON.stringify(old)).toContain('revoke');
		expect(JSON.stringify(findings)).not.toMatch(/xh[ak]_/);
	});

	describe('in the hands of a colleague who sees acme only', () => {
		const shapes = Object.keys(PAGE_RIGHTS).filter(
			(name) => /\/w\/:slug\/.*:/.test(name) || BY_LIST.includes(name),
		);

		it('nothing of another workspace is found under the name of this one', async () => {
			const ned = await signIn(colleague);
			const { html } = await ned.get('/account');
			const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
			const before = await othersRows();
			const cookie = [...ned.cookies].map((pair) => pair.join('=')).join('; ');
			const ids = Object.values(before.ids);
			expect(ids.length).toBeGreaterThan(3);

			for (const shape of shapes) {
				const [method = '', path = ''] = shape.split(' ');
				for (const id of ids) {
					for (const change of path.includes(':change') ? CHANGES : ['']) {
						const at = path
							.replace(':slug', 'acme')
							.replace(':change', change)
							.replace(/:\w+/g, id);
						const fields = { formToken, confirmed: 'yes', id, ids: id, payload: id, delivery: id };
						const answer = await fetch(opened.hub.hub.url + at, {
							...{ method, redirect: 'manual', headers: { cookie } },
							...(method === 'POST' && { body: new URLSearchParams(fields) }),
						});
						await answer.body?.cancel();
						if (!BY_LIST.includes(shape)) expect([at, answer.status >= 400]).toEqual([at, true]);
					}
				}
			}
			expect(await othersRows()).toEqual(before);
		}, 120_000);
	});

	/** An id of each kind that is not acme's, and all that they have. */
	async function othersRows() {
		const { db, close } = connectDatabase({
			dataDir: opened.env['HUB_DATA_DIR'] ?? '',
			databaseUrl: opened.env['DATABASE_URL'],
		});
		try {
			const { id: acmeId } = await db
				.selectFrom('workspaces')
				.select('id')
				.where('slug', '=', 'acme')
				.executeTakeFirstOrThrow();
			const rows: Record<string, unknown> = {};
			const ids: Record<string, string> = {};
			for (const table of OWNED) {
				const found = await db
					.selectFrom(table)
					.selectAll()
					.where('workspace_id', '!=', acmeId)
					.orderBy('id')
					.execute();
				rows[table] = found.map((row) => ({ ...row, last_used_at: null }));
				if (found[0] !== undefined) ids[table] = found[0].id;
			}
			return { rows, ids };
		} finally {
			await close();
		}
	}
});
