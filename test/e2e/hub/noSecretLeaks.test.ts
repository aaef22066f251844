import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../support/eventually';
import { freshPostgresDatabase, type FreshDatabase } from '../../support/freshDatabase';
import { ENGINES } from '../../support/freshLedger';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { formBrowser, type FormPage } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { startSandboxProcess, type SandboxProcess } from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { databaseText } from './databaseText';
import { recordingProxy, type RecordingProxy } from './recordingProxy';

/** Every secret and token of a whole flow, by name. */
type Secrets = Record<string, string>;

describe.each(ENGINES)('a hub that logs everything, on %s', (engine) => {
	let folder: ReturnType<typeof temporaryFolder>;
	let database: FreshDatabase | undefined;
	/** What the database holds, as text; empty where it is files of the data folder. */
	let rows = '';
	let sandbox: SandboxProcess;
	let xero: RecordingProxy;
	let hub: HubProcess;
	/** What the API and the portal answered, by the call. */
	const answers: { readonly call: string; readonly text: string }[] = [];
	const secrets: Secrets = {};
	const n8n = createServer((request, response) => {
		request.resume();
		response.writeHead(500).end('n8n is on fire');
	});

	async function api(method: string, path: string, body?: unknown, key = hub.adminKey) {
		const response = await fetch(`${hub.url}${path}`, {
			method,
			redirect: 'manual',
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		answers.push({
			call: `${method} ${path}`,
			text: `${JSON.stringify([...response.headers])}\n${text}`,
		});
		return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
	}

	/** A browser whose pages are kept like the answers of the API. */
	function person() {
		const browser = formBrowser(`http://localhost:${new URL(hub.url).port}`);
		const keep = async (call: string, page: Promise<FormPage>) => {
			const { headers, html } = await page;
			answers.push({ call, text: `${JSON.stringify([...headers])}\n${html}` });
			return page;
		};
		return {
			get: (path: string) => keep(`page ${path}`, browser.get(path)),
			submit: (page: FormPage, action: string, fields: Record<string, string> = {}) =>
				keep(`form ${action}`, browser.submit(page, action, fields)),
			cookies: browser.cookies,
		};
	}

	/** Everything that a person sees, and two ways in. */
	async function usePortal(slug: string, deliveryId: string): Promise<void> {
		const owner = person();
		const [, setUp = ''] = /\/join\/([\w-]+)/.exec(hub.process.log()) ?? [];
		secrets['set-up link'] = setUp;
		secrets['password'] = OWNER.password;
		await owner.submit(await owner.get(`/join/${setUp}`), `/join/${setUp}`, OWNER);
		await owner.get(`/join/${setUp}`);
		secrets['session'] = owner.cookies.get('xero_hub_session') ?? '';
		secrets['known browser'] = owner.cookies.get('xero_hub_browser') ?? '';

		const invited = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
		});
		const [, invitation = ''] = /\/join\/([\w-]+)/.exec(invited.html) ?? [];
		secrets['invitation'] = invitation;
		const guest = person();
		const guestPassword = 'a pond of eleven frogs';
		secrets['password of a guest'] = guestPassword;
		await guest.submit(await guest.get(`/join/${invitation}`), `/join/${invitation}`, {
			name: 'Guest',
			email: 'guest@example.com',
			password: guestPassword,
		});
		await guest.submit(await guest.get('/'), '/sign-out');
		secrets['wrong password'] = 'a pond of twelve frogs';
		const signIn = { email: 'guest@example.com', password: secrets['wrong password'] };
		await guest.submit(await guest.get('/sign-in'), '/sign-in', signIn);

		const apiKeys = await owner.get(`/w/${slug}/api-keys`);
		const made = await owner.submit(apiKeys, `/w/${slug}/api-keys`, { name: 'by hand' });
		secrets['API key of the portal'] = /xhk_[\w-]+/.exec(made.html)?.[0] ?? '';
		for (const path of ['/', '/people', '/audit', '/audit.jsonl', '/account', '/workspaces/new']) {
			await owner.get(path);
		}
		for (const path of [
			'',
			'/app-keys',
			'/api-keys',
			'/organisations',
			'/events',
			'/deliveries',
			`/deliveries/${deliveryId}`,
			'/records/invoices',
			'/activity',
			'/settings',
		]) {
			expect((await owner.get(`/w/${slug}${path}`)).status).toBe(200);
		}
	}

	/** From nothing to delivered events, with every refusal on the way. */
	beforeAll(async () => {
		folder = temporaryFolder();
		database = engine === 'postgres' ? await freshPostgresDatabase() : undefined;
		const encryptionKey = randomBytes(32).toString('base64');
		secrets['encryption key'] = encryptionKey;
		n8n.listen(0, '127.0.0.1');
		await once(n8n, 'listening');
		const n8nUrl = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`;
		sandbox = await startSandboxProcess();
		xero = await recordingProxy(sandbox.url);
		hub = await startHubProcess({
			dataDir: folder.path,
			env: {
				LOG_LEVEL: 'trace',
				HUB_ENCRYPTION_KEYS: `k1:${encryptionKey}`,
				...(database && { DATABASE_URL: database.url }),
				XERO_LOGIN_URL: sandbox.url,
				XERO_IDENTITY_URL: xero.url,
				XERO_API_URL: sandbox.url,
			},
		});
		secrets['admin key'] = hub.adminKey;
		await sandbox.setFaults({ issuer: xero.url });

		const made = await api('POST', '/api/v1/workspaces', { name: 'Acme', n8nBaseUrls: [n8nUrl] });
		const { slug, webhookUrl, redirectUri } = made.body;
		const app = await sandbox.createApp({ redirectUris: [redirectUri] });
		const { clientId, clientSecret, webhookKey } = app;
		secrets['client secret'] = clientSecret ?? '';
		secrets['webhook key'] = webhookKey;
		const keys = { clientId, clientSecret, webhookKey };
		await api('PUT', `/api/v1/workspaces/${slug}/app-keys`, {
			...keys,
			clientSecret: 'with space',
		});
		await api('PUT', `/api/v1/workspaces/${slug}/app-keys`, keys);

		const { authorizeUrl } = (await api('POST', `/api/v1/workspaces/${slug}/connect`)).body;
		const consent = await fetch(authorizeUrl, { redirect: 'manual' });
		const callback = new URL(consent.headers.get('location') ?? '');
		secrets['code'] = callback.searchParams.get('code') ?? '';
		await api('GET', `${callback.pathname}${callback.search}`);
		await api('GET', `${callback.pathname}${callback.search}`);

		secrets['API key'] = (
			await api('POST', `/api/v1/workspaces/${slug}/api-keys`, {
				...{ name: 'n8n', scopes: ['events', 'read', 'write', 'token'] },
			})
		).body.key;
		const asN8n = (method: string, path: string, body?: unknown) =>
			api(method, `/api/v1${path}`, body, secrets['API key']);
		const [connection] = (await asN8n('GET', '/connections')).body.items;
		await asN8n('GET', `/connections/${connection.id}/token`);
		await asN8n('GET', `/connections/${connection.id}/export`);
		const exported = await fetch(`${hub.url}/api/v1/connections/${connection.id}/export`, {
			headers: { authorization: `Bearer ${hub.adminKey}`, 'x-workspace': slug },
		});
		answers.push({ call: 'GET the export as the operator', text: await exported.text() });
		await api('POST', `/api/v1/workspaces/${slug}/app-keys/verify`);
		await api('GET', `/api/v1/workspaces/${slug}/checklist`);
		await sandbox.setFaults({ issuer: xero.url, expireTokens: true });
		await asN8n('GET', `/xero/${connection.tenantId}/api.xro/2.0/Contacts`);
		await asN8n('GET', `/xero/${connection.tenantId}/api.xro/2.0/NoSuchThing`);

		const wish = { url: `${n8nUrl}/webhook/one`, events: ['*'], hydrate: true };
		const subscription = (await asN8n('POST', '/subscriptions', wish)).body;
		secrets['signing secret'] = subscription.secret;
		secrets['rotated signing secret'] = (
			await asN8n('POST', `/subscriptions/${subscription.id}/rotate-secret`)
		).body.secret;
		await asN8n('POST', `/subscriptions/${subscription.id}/test`);
		await sandbox.setWebhook(clientId, webhookUrl);
		await sandbox.seed(connection.tenantId, { contacts: 1, events: true });
		await eventually('a failed attempt', async () => {
			const { items } = (await asN8n('GET', '/deliveries')).body;
			return items[0]?.attempt >= 1 ? true : undefined;
		});

		await usePortal(slug, (await asN8n('GET', '/deliveries')).body.items[0].id);

		await api('PUT', `/api/v1/workspaces/${slug}/app-keys`, {
			...keys,
			clientSecret: 'wrong-secret',
		});
		secrets['wrong client secret'] = 'wrong-secret';
		await sandbox.setFaults({ issuer: xero.url, expireTokens: true });
		await asN8n('GET', `/xero/${connection.tenantId}/api.xro/2.0/Contacts`);
		for (const path of [
			'/workspace',
			'/connections',
			'/subscriptions',
			'/events',
			'/deliveries',
			'/alerts',
		]) {
			await asN8n('GET', path);
		}
		await asN8n('GET', `/deliveries/${(await asN8n('GET', '/deliveries')).body.items[0].id}`);
		for (const path of ['/metrics', '/readyz', '/healthz']) await api('GET', path);
		await api('GET', '/api/v1/workspaces');
		await api('GET', '/api/v1/workspaces', undefined, 'xha_guessed-and-guessed-again');
		secrets['guessed key'] = 'xha_guessed-and-guessed-again';

		for (const [index, body] of xero.bodies.entries()) collectTokens(body, index);
		await hub.process.stop();
		if (database !== undefined) rows = await databaseText(database.url);
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		xero.close();
		n8n.closeAllConnections();
		n8n.close();
		await database?.drop();
		folder.remove();
	}, 60_000);

	/** From what the hub and the token endpoint said to each other. */
	function collectTokens(body: string, index: number): void {
		const found = body.startsWith('{')
			? (JSON.parse(body) as Record<string, unknown>)
			: Object.fromEntries(new URLSearchParams(body));
		for (const name of ['access_token', 'refresh_token', 'id_token', 'code_verifier']) {
			const value = found[name];
			if (typeof value === 'string') secrets[`${name} ${index}`] = value;
		}
	}

	/** In clear, as a Basic header or a dump of bytes would show it, and as PostgreSQL prints bytes. */
	const leaksIn = (text: string) =>
		Object.entries(secrets).flatMap(([name, secret]) =>
			[
				secret,
				Buffer.from(secret).toString('base64').slice(0, -4),
				encodeURIComponent(secret),
				Buffer.from(secret).toString('hex'),
			].some((form) => text.includes(form))
				? [name]
				: [],
		);

	it('control: the flow made every kind of secret, and the search finds them', () => {
		expect(Object.keys(secrets)).toEqual(
			expect.arrayContaining([
				'client secret',
				'webhook key',
				'signing secret',
				'session',
				'invitation',
				expect.stringContaining('access_token'),
				expect.stringContaining('refresh_token'),
				expect.stringContaining('code_verifier'),
			]),
		);
		expect(Object.values(secrets).every((secret) => secret.length >= 12)).toBe(true);
		expect(leaksIn(xero.bodies.join('\n')).length).toBeGreaterThan(4);
	});

	it('logs none of them', () => {
		const lines = hub.process.log().split('\n');
		// Printed for the operator, and not logged; the link was used since.
		const [printed, logged] = [true, false].map((isPrinted) =>
			lines.filter((line) => line.startsWith('Nobody can sign in yet.') === isPrinted).join('\n'),
		);

		expect(logged).toContain('The hub is up.');
		expect(leaksIn(logged ?? '')).toEqual([]);
		expect(leaksIn(printed ?? '')).toEqual(['set-up link']);
	});

	it('keeps none of them where its ledger is', () => {
		const files = readdirSync(folder.path);

		if (engine === 'sqlite') expect(files).toContain('hub.sqlite');
		else expect(rows).toContain('guest@example.com');
		expect(leaksIn(rows)).toEqual([]);
		for (const name of files) {
			expect([name, leaksIn(readFileSync(join(folder.path, name), 'latin1'))]).toEqual([name, []]);
		}
	});

	it('answers with none of them, except once to whoever asked for that very one', () => {
		const shown = answers.flatMap(({ call, text }) =>
			leaksIn(text).map((name) => `${call}: ${name}`),
		);

		expect(
			shown.map((line) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…').replace(/\d+$/, 'n')),
		).toEqual([
			'POST /api/v1/workspaces/acme/api-keys: API key',
			'GET /api/v1/connections/…/token: access_token n',
			'GET /api/v1/connections/…/export: access_token n',
			'GET the export as the operator: client secret',
			'GET the export as the operator: webhook key',
			'GET the export as the operator: access_token n',
			'POST /api/v1/subscriptions: signing secret',
			'POST /api/v1/subscriptions/…/rotate-secret: rotated signing secret',
			'form /people/invite: invitation',
			'form /w/acme/api-keys: API key of the portal',
		]);
	});
});
