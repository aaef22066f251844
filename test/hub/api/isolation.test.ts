import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { markRestored } from '../../../hub-server/src/administration/markRestored';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { USUAL_QUOTAS } from '../../../hub-server/src/config/quotas';
import { createMappingStore } from '../../../hub-server/src/mapping/mappingStore';
import { noteGap } from '../../../hub-server/src/gaps/noteGap';
import { saveStates } from '../../../hub-server/src/records/recordStates';
import { weekOf } from '../../../hub-server/src/writes/Week';
import { createWriteMemory } from '../../../hub-server/src/writes/writeMemory';
import { KEY_SCOPES } from '../../../hub-server/src/workspaces/keyScopes';
import { eventually } from '../../support/eventually';
import { hubCalls, type DocumentedCall } from '../../support/hubCalls';
import { PAGE_RIGHTS } from '../../support/portal/pageRights';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { postWebhook, signatureOf } from '../../support/signedWebhook';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

/** Good bodies: a call must fail because of whose it is, not because of what it says. */
const BODIES: Readonly<Record<string, unknown>> = {
	'patch /api/v1/connections/{id}': { enabled: false, syncs: false },
	'post /api/v1/syncs': { tenantId: '99999999-9999-4999-8999-999999999999', entity: 'contact' },
	'post /api/v1/subscriptions': { url: 'https://93.184.216.34/webhook', events: ['*'] },
	'post /api/v1/subscriptions/{id}/move': { to: 'https://93.184.216.34' },
	'post /api/v1/subscriptions/{id}/acknowledge': { ids: ['theirs'] },
	'post /api/v1/saved-items': { workflowId: 'w', nodeId: 'n', execution: '1', items: [] },
	'put /api/v1/alert-channels': { channels: [] },
	'post /api/v1/replays': { since: '2020-01-01T00:00:00Z', until: '2040-01-01T00:00:00Z' },
	'put /api/v1/workspaces/{slug}/app-keys': { clientId: 'theirs', clientSecret: 'stolen' },
	'post /api/v1/workspaces/{slug}/api-keys': { name: 'stolen' },
	'post /api/v1/workspaces/{slug}/connect-links': { onConnect: 'accept' },
	'patch /api/v1/workspaces/{slug}': { name: 'Stolen' },
	'post /api/v1/admin-keys': { name: 'stolen' },
	'post /api/v1/workspaces': { name: 'Made by nobody' },
	'put /api/v1/mappings/{tenantId}/{kind}': { mappings: [{ key: 'a', value: '200' }] },
	'put /api/v1/mappings/{tenantId}/{kind}/{key}': { value: '200' },
	'post /api/v1/mappings/{tenantId}/import': {
		mappings: [{ kind: 'account', key: 'a', value: '200' }],
	},
	'post /api/v1/mappings/{tenantId}/copy': {
		fromTenantId: '99999999-9999-4999-8999-999999999999',
	},
	'post /api/v1/mappings/{tenantId}/resolve': { system: 'crm', values: [] },
	'post /api/v1/mappings/{tenantId}/accounts': {
		...{ code: '987', name: 'Stolen', type: 'REVENUE' },
	},
	'patch /api/v1/syncs/{id}': { enabled: false },
	'post /api/v1/syncs/{id}/run': {},
	'post /api/v1/pushes': {
		...{ tenantId: '99999999-9999-4999-8999-999999999999', system: 'crm', entity: 'contact' },
		records: [{ externalId: '1', fields: { Name: 'Theirs' } }],
	},
	'post /api/v1/pushes/{id}/retry': {},
	'post /api/v1/pushes/{id}/items/{externalId}/resolve': { use: 'xero' },
	'put /api/v1/links': {
		tenantId: '99999999-9999-4999-8999-999999999999',
		...{ system: 'crm', entity: 'contact', externalId: 'theirs' },
		xeroId: '12121212-1212-4212-8212-121212121212',
	},
	'put /api/v1/links/{tenantId}/{system}/{entity}/{externalId}': {
		xeroId: '12121212-1212-4212-8212-121212121212',
	},
	'post /api/v1/links/import': { links: [] },
	'post /api/v1/migrate': { toTenantId: '99999999-9999-4999-8999-999999999999' },
};

/** What they are about stands in the body. */
const NAMES_ANOTHERS: readonly string[] = [
	'post /api/v1/syncs',
	'put /api/v1/links',
	'post /api/v1/migrate',
	'post /api/v1/pushes',
];

/** A week is nobody's: each sees what is its own in it. */
const NAMES_NOBODYS: readonly string[] = ['get /api/v1/writes/weeks/{week}'];

const protectedOperations = hubCalls.filter(({ access }) => access !== 'public');
const nameOf = ({ method, path }: DocumentedCall) => `${method} ${path}`;

/** Routes follow from the calls, so a new one comes here too. */
describe("a workspace key in the hands of another workspace's n8n", () => {
	let t: TestHub;
	let sandbox: StartedSandbox;
	let strangerKey: string;
	/** Of the victim, by the parameter's name and the collection before it. */
	let ids: Record<string, string>;
	const n8n = createServer((request, response) => request.resume().on('end', () => response.end()));

	beforeAll(async () => {
		n8n.listen(0, '127.0.0.1');
		await once(n8n, 'listening');
		const n8nUrl = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`;
		sandbox = await startSandbox({ autoConsent: 'all' });
		t = await startTestHub({
			env: {
				XERO_LOGIN_URL: sandbox.url,
				XERO_IDENTITY_URL: sandbox.url,
				XERO_API_URL: sandbox.url,
				// Streams are there, and call nothing by themselves.
				HUB_SYNC: 'on',
				HUB_ROLES: 'ingest,dispatch,portal',
			},
		});
		const make = async (name: string) => {
			await t.call('POST', '/api/v1/workspaces', { name, n8nBaseUrls: [n8nUrl] });
			const slug = name.toLowerCase();
			const { body } = await t.call('POST', `/api/v1/workspaces/${slug}/api-keys`, {
				...{ name, scopes: KEY_SCOPES },
			});
			return { slug, ...(body as { id: string; key: string }) };
		};
		const victim = await make('Victim');
		strangerKey = (await make('Stranger')).key;

		const app = await sandbox.createApp();
		await t.call('PUT', '/api/v1/workspaces/victim/app-keys', {
			clientId: app.clientId,
			clientSecret: app.clientSecret,
			webhookKey: app.webhookKey,
		});
		const { authorizeUrl } = (await t.call('POST', '/api/v1/workspaces/victim/connect')).body;
		const consent = await fetch(authorizeUrl, { redirect: 'manual' });
		const callback = new URL(consent.headers.get('location') ?? '');
		await fetch(`${t.hub.url}${callback.pathname}${callback.search}`);
		const asVictim = async (method: string, path: string, body?: unknown) =>
			(await t.call(method, `/api/v1${path}`, body, victim.key)).body;
		const [connection] = (await asVictim('GET', '/connections')).items;
		const subscription = await asVictim('POST', '/subscriptions', {
			url: `${n8nUrl}/webhook/victim`,
			events: ['*'],
		});
		await sandbox.setWebhook(app.clientId, `${t.hub.url}/webhooks/xero/victim`);
		await sandbox.seed(connection.tenantId, { contacts: 1, events: true });
		const putAside = async (webhookKey: string) => {
			const url = `${t.hub.url}/webhooks/xero/victim`;
			await postWebhook(url, 'no JSON', signatureOf('no JSON', webhookKey));
			return (await asVictim('GET', '/payloads')).items[0].id;
		};
		const restoredAlert = async () => {
			const ledger = connectDatabase({ dataDir: t.dataDir });
			await markRestored(ledger.db, { takenAt: undefined, lost: new Map() }, Date.now());
			await ledger.close();
			const { items } = await asVictim('GET', '/alerts');
			const open = items as { kind: string; id: string }[];
			return open.find(({ kind }) => kind === 'restored_from_backup')?.id ?? '';
		};
		const missWebhooks = async () => {
			const ledger = connectDatabase({ dataDir: t.dataDir });
			const now = Date.now() + 3600_000;
			await noteGap(ledger.db, { kind: 'outage', from: now - 60_000, until: now }, now);
			await ledger.close();
			return (await asVictim('GET', '/gaps')).items[0].id as string;
		};
		const mapValue = async () => {
			const ledger = connectDatabase({ dataDir: t.dataDir });
			const { workspace_id: workspaceId, tenant_id: tenantId } = await ledger.db
				.selectFrom('connections')
				.select(['workspace_id', 'tenant_id'])
				.where('tenant_id', '=', connection.tenantId)
				.executeTakeFirstOrThrow();
			const workspaceLimits = { of: async () => USUAL_QUOTAS };
			const mappings = createMappingStore({ db: ledger.db, now: Date.now, workspaceLimits });
			const names = { system: '*', kind: 'account', key: 'MAPPED', label: 'Sales' } as const;
			await mappings.putMany({ workspaceId, tenantId }, [{ ...names, value: '200', xeroId: null }]);
			await ledger.close();
		};
		const writeSomething = async () => {
			const ledger = connectDatabase({ dataDir: t.dataDir });
			const { workspace_id: workspaceId } = await ledger.db
				.selectFrom('connections')
				.select('workspace_id')
				.executeTakeFirstOrThrow();
			const writes = createWriteMemory({
				...{ db: ledger.db, now: Date.now, uptime: () => performance.now() },
				onFault: (cause) => expect(cause).toBeUndefined(),
			});
			const open = await writes.begin({
				...{ workspaceId, tenantId: connection.tenantId as string, method: 'POST' },
				...{ path: '/api.xro/2.0/Contacts', body: undefined },
				cause: { workflow: 'of the victim', node: null },
			});
			open!.end({ kind: 'answered', status: 400 });
			await writes.idle();
			await ledger.close();
			const { id, at } = (await asVictim('GET', '/writes')).items[0];
			return { id: id as string, week: weekOf(Date.parse(at)).name };
		};
		const readRecord = async () => {
			const ledger = connectDatabase({ dataDir: t.dataDir });
			const xeroId = '12121212-1212-4212-8212-121212121212';
			const { id, workspace_id: workspaceId } = await ledger.db
				.selectFrom('connections')
				.select(['id', 'workspace_id'])
				.where('tenant_id', '=', connection.tenantId)
				.executeTakeFirstOrThrow();
			const place = { workspaceId, tenantId: connection.tenantId, entity: 'contact', epoch: id };
			await saveStates(ledger.db, place, [
				{
					...{ id: xeroId, version: '1', updatedAt: 1, hash: null },
					...{ standing: null, due: null, record: null },
					...{ bytes: 0, sweptIn: null, told: null, isDeleted: false, deletedAt: null },
					...{ firstSeenAt: 1, seenAt: 1 },
				},
			]);
			await ledger.close();
			return xeroId;
		};
		const delivery = await eventually('a delivery', async () => {
			const { items } = await asVictim('GET', '/deliveries');
			return items[0]?.status === 'delivered' ? items[0] : undefined;
		});
		const save = {
			id: 'save-of-the-victim',
			key: 'a'.repeat(64),
			records: [{ InvoiceID: 'theirs' }],
		};
		await asVictim('POST', '/saved-items', {
			workflowId: 'w',
			nodeId: 'n',
			execution: '1',
			items: [save],
		});
		const replay = await asVictim('POST', '/replays', {
			since: '2020-01-01T00:00:00Z',
			until: '2020-01-02T00:00:00Z',
		});
		const sync = await asVictim('POST', '/syncs', {
			tenantId: connection.tenantId,
			entity: 'contact',
		});
		const writes = await writeSomething();
		const push = await asVictim('POST', '/pushes', {
			...{ tenantId: connection.tenantId, system: 'crm', entity: 'invoice', codes: 'xero' },
			// It costs no call: nobody pushed the contact.
			records: [
				{ externalId: 'customer-of-the-victim', fields: { Contact: { externalId: 'none' } } },
			],
		});
		await eventually('the push', async () => {
			const { status } = await asVictim('GET', `/pushes/${push.id}`);
			return status === 'finished' ? true : undefined;
		});
		await mapValue();
		const xeroId = await readRecord();
		await asVictim('PUT', '/links', {
			...{ tenantId: connection.tenantId, system: 'victims-crm', entity: 'contact' },
			...{ externalId: 'customer-of-the-victim', xeroId },
		});
		const migration = await asVictim('POST', '/migrate', {
			...{ toTenantId: connection.tenantId, dryRun: true },
		});
		const madeLinks = `/api/v1/workspaces/${victim.slug}/connect-links`;
		const { body: connectLink } = await t.call('POST', madeLinks, {});
		ids = {
			migrate: migration.id,
			pushes: push.id,
			syncs: sync.id,
			entity: 'contact',
			kind: 'account',
			key: 'MAPPED',
			xeroId,
			system: 'victims-crm',
			externalId: 'customer-of-the-victim',
			slug: victim.slug,
			tenantId: connection.tenantId,
			path: 'api.xro/2.0/Organisation',
			connections: connection.id,
			subscriptions: subscription.id,
			deliveries: delivery.id,
			replays: replay.id,
			payloads: await putAside(app.webhookKey),
			'saved-items': save.id,
			alerts: await restoredAlert(),
			gaps: await missWebhooks(),
			week: writes.week,
			writes: writes.id,
			'api-keys': victim.id,
			'connect-links': connectLink.id,
			'admin-keys': victim.id,
		};
	}, 60_000);
	afterAll(async () => {
		await t.close();
		await sandbox.close();
		n8n.closeAllConnections();
		n8n.close();
	});

	/** The path with the victim's ids in the places of the parameters. */
	function aimed({ path }: DocumentedCall): string {
		return path.replace(/\/([\w-]+)\/\{(\w+)\}|\{(\w+)\}/g, (_whole, before, name, alone) => {
			const id = ids[alone ?? name] ?? ids[before];
			if (id === undefined) throw new Error(`Give this test an id for ${path}`);
			return alone === undefined ? `/${before}/${id}` : id;
		});
	}
	const attempt = (operation: DocumentedCall, key: string | null) =>
		t.call(operation.method.toUpperCase(), aimed(operation), BODIES[nameOf(operation)], key);
	/** Everything the victim has, as the operator sees it. */
	const belongings = async () => {
		const { key } = (await t.call('POST', '/api/v1/workspaces/victim/api-keys', { name: 'look' }))
			.body;
		const paths = [
			...['connections', 'subscriptions', 'events', 'deliveries', 'alerts'],
			...['saved-items', 'syncs', 'gaps', 'links', 'migrate', 'pushes', 'writes'],
			...[`mappings/${ids['tenantId']}/account`, `mappings/${ids['tenantId']}/unmapped`],
		];
		const lists = await Promise.all(
			paths.map(async (path) => (await t.call('GET', `/api/v1/${path}`, undefined, key)).body),
		);
		// When Xero last said how many calls are left is reckoned anew by each look, to a millisecond or two.
		return JSON.stringify(
			[lists, (await t.call('GET', '/api/v1/workspaces/victim')).body],
			(member, value: unknown) => (member === 'dayBudget' ? undefined : value),
		);
	};

	it.each(protectedOperations.map((operation) => [nameOf(operation), operation] as const))(
		'%s: sees and changes nothing',
		async (_name, operation) => {
			const before = await belongings();
			await sandbox.forgetRequests();

			const { status, body } = await attempt(operation, strangerKey);

			if (operation.access === 'admin') expect(status).toBe(403);
			else if (NAMES_NOBODYS.includes(nameOf(operation))) expect(status).toBe(200);
			else if (operation.path.includes('{') || NAMES_ANOTHERS.includes(nameOf(operation))) {
				expect(status).toBe(404);
			} else expect(status).toBeLessThan(300);
			const shown = JSON.stringify(body ?? '');
			for (const [what, id] of Object.entries(ids)) {
				const isEcho =
					['path', 'entity', 'kind', 'key'].includes(what) || aimed(operation).includes(id);
				if (!isEcho) expect(shown).not.toContain(id);
			}
			expect(await belongings()).toBe(before);
			expect(await sandbox.requests()).toEqual([]);
		},
	);

	it.each(
		protectedOperations
			.filter(({ access }) => access === 'workspace')
			.map((operation) => [nameOf(operation), operation] as const),
	)(
		'%s: a key for another organisation sees and changes nothing of it',
		async (name, operation) => {
			const { key } = (
				await t.call('POST', '/api/v1/workspaces/victim/api-keys', {
					...{ name: 'elsewhere', scopes: KEY_SCOPES },
					tenantIds: ['99999999-9999-4999-8999-999999999999'],
				})
			).body;
			const before = await belongings();
			await sandbox.forgetRequests();

			const { status, body } = await attempt(operation, key);

			if (operation.path.includes('{') && !NAMES_NOBODYS.includes(name)) {
				expect(status).toBe(403);
				expect(body.code).toBe('organisation_not_allowed');
			}
			const shown = JSON.stringify(body ?? '');
			for (const [what, id] of Object.entries(ids)) {
				const isEcho =
					['path', 'entity', 'kind', 'key', 'slug'].includes(what) || aimed(operation).includes(id);
				if (!isEcho) expect(shown).not.toContain(id);
			}
			// A subscription of its own is nobody's harm.
			if (name !== 'post /api/v1/subscriptions') expect(await belongings()).toBe(before);
			expect(await sandbox.requests()).toEqual([]);
		},
	);

	it.each(protectedOperations.map((operation) => [nameOf(operation), operation] as const))(
		'%s: needs a key',
		async (_name, operation) => {
			expect((await attempt(operation, null)).status).toBe(401);
		},
	);

	describe('and a person of that other workspace, in the portal', () => {
		let cookie: string;
		let formToken: string;
		beforeAll(async () => {
			const portal = { url: t.hub.url, setUpLink: t.hub.setUpLink ?? '' };
			const owner = await portalOwner(portal);
			const { id } = (await t.call('GET', '/api/v1/workspaces/stranger')).body;
			const person = { name: 'Ned', email: 'ned@example.com', password: 'nine quiet bicycles' };
			const ned = await invited(portal, owner, person, {
				...{ role: 'connector', reach: 'some', workspaces: id },
			});
			const { html } = await ned.get('/account');
			formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
			cookie = [...ned.cookies].map((pair) => pair.join('=')).join('; ');
		}, 60_000);

		// What needs an owner is refused to them before it is looked at.
		const shapes = Object.entries(PAGE_RIGHTS)
			.filter(([name, right]) => /\/w\/:slug\/.*:/.test(name) && right !== 'owner')
			// A type of event is nobody's.
			.filter(([name]) => !name.endsWith('/catalogue/:type'))
			.map(([name]) => name);
		it.each(shapes)("%s: the victim's ids are nothing under their own name", async (shape) => {
			const [method = '', path = ''] = shape.split(' ');
			const before = await belongings();

			for (const at of aimedPages(path)) {
				const fields = { formToken, confirmed: 'yes', id: ids['payloads'] ?? '', use: 'xero' };
				const answer = await fetch(t.hub.url + at, {
					...{ method, redirect: 'manual', headers: { cookie } },
					...(method === 'POST' && { body: new URLSearchParams(fields) }),
				});
				const text = await answer.text();
				expect([at, answer.status >= 400]).toEqual([at, true]);
				expect(text).not.toContain('victims-crm');
			}
			expect(await belongings()).toBe(before);
		});

		it('nothing of the victim is on the pages of all workspaces, or of their own', async () => {
			const plain = Object.keys(PAGE_RIGHTS).filter(
				(name) => /^GET [^:]*$/.test(name.replace(':slug', 'stranger')) && !/stream/.test(name),
			);
			for (const shape of plain) {
				const at = shape.slice(4).replace(':slug', 'stranger');
				const answer = await fetch(t.hub.url + at, { headers: { cookie } });
				const text = await answer.text();
				for (const id of [ids['connections'], ids['tenantId'], ids['subscriptions'], 'Victim']) {
					expect([at, text.includes(id ?? '')]).toEqual([at, false]);
				}
			}
			expect(plain.length).toBeGreaterThan(15);
		});
	});

	const OF_PAGES: Readonly<Record<string, string>> = {
		...{ organisations: 'connections', mapping: 'connections', sync: 'connections' },
		...{ streams: 'syncs', workflows: 'subscriptions', events: 'deliveries', weeks: 'week' },
	};

	/** The page below the stranger's name with the victim's ids, and each change that it may be about. */
	function aimedPages(path: string): readonly string[] {
		const at = path
			.replace(':slug', 'stranger')
			.replace(/\/([\w-]+)\/:(?!change)(\w+)/g, (_whole, before: string, name: string) => {
				const id = ids[name] ?? ids[OF_PAGES[before] ?? before];
				if (id === undefined) throw new Error(`Give this test an id for ${path}`);
				return `/${before}/${id}`;
			})
			.replace(':entity', 'contact')
			.replace(':xeroId', ids['xeroId'] ?? '');
		const changes = ['enable', 'disable', 'confirm', 'replace', 'remove', 'route', 'dismiss'];
		return at.includes(':change') ? changes.map((one) => at.replace(':change', one)) : [at];
	}
});
