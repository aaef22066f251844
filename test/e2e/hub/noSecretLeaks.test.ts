import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../support/eventually';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { startSandboxProcess, type SandboxProcess } from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { recordingProxy, type RecordingProxy } from './recordingProxy';

/** Every secret and token of a whole flow, by name. */
type Secrets = Record<string, string>;

describe('a hub that logs everything', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let xero: RecordingProxy;
	let hub: HubProcess;
	/** What the API answered, by the call. */
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

	/** From nothing to delivered events, with every refusal on the way. */
	beforeAll(async () => {
		folder = temporaryFolder();
		n8n.listen(0, '127.0.0.1');
		await once(n8n, 'listening');
		const n8nUrl = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`;
		sandbox = await startSandboxProcess();
		xero = await recordingProxy(sandbox.url);
		hub = await startHubProcess({
			dataDir: folder.path,
			env: {
				LOG_LEVEL: 'trace',
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
			await api('POST', `/api/v1/workspaces/${slug}/api-keys`, { name: 'n8n' })
		).body.key;
		const asN8n = (method: string, path: string, body?: unknown) =>
			api(method, `/api/v1${path}`, body, secrets['API key']);
		const [connection] = (await asN8n('GET', '/connections')).body.items;
		await asN8n('GET', `/connections/${connection.id}/token`);
		await asN8n('GET', `/connections/${connection.id}/export`);
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
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		xero.close();
		n8n.closeAllConnections();
		n8n.close();
		folder.remove();
	});

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

	/** In clear, and as a Basic header or a dump of bytes would show it. */
	const leaksIn = (text: string) =>
		Object.entries(secrets).flatMap(([name, secret]) =>
			[
				secret,
				Buffer.from(secret).toString('base64').slice(0, -4),
				encodeURIComponent(secret),
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
				expect.stringContaining('access_token'),
				expect.stringContaining('refresh_token'),
				expect.stringContaining('code_verifier'),
			]),
		);
		expect(Object.values(secrets).every((secret) => secret.length >= 12)).toBe(true);
		expect(leaksIn(xero.bodies.join('\n')).length).toBeGreaterThan(4);
	});

	it('logs none of them', () => {
		const log = hub.process.log();

		expect(log).toContain('The hub is up.');
		expect(leaksIn(log)).toEqual([]);
	});

	it('keeps none of them in its data folder', () => {
		const files = readdirSync(folder.path).filter((name) => name !== 'encryption.key');

		expect(files).toContain('hub.sqlite');
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
			'POST /api/v1/subscriptions: signing secret',
			'POST /api/v1/subscriptions/…/rotate-secret: rotated signing secret',
		]);
	});
});
