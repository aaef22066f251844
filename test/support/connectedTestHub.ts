import { startSandbox, type StartedSandbox } from './startSandbox';
import { startTestHub, type TestHub, type TestHubOptions, type TestHubReply } from './startTestHub';
import type { SandboxApp } from './sandboxClient';

/** A hub in the test's own process whose one workspace is connected to a sandbox of its own. */
export interface ConnectedTestHub {
	readonly t: TestHub;
	readonly sandbox: StartedSandbox;
	readonly app: SandboxApp;
	readonly connections: ReadonlyArray<{
		readonly id: string;
		readonly tenantId: string;
		readonly tenantName: string;
	}>;
	/** A call with the workspace's key. */
	call(method: string, path: string, body?: unknown): Promise<TestHubReply>;
	/** What Xero answers to the workspace's call, such as `Contacts?page=1`. */
	xero(
		tenantId: string,
		path: string,
		init?: { readonly method: string; readonly body: unknown },
	): Promise<TestHubReply['body']>;
	/** As n8n sends a text. */
	postCsv(path: string, text: string): Promise<TestHubReply>;
	close(): Promise<void>;
}

export async function connectedTestHub(
	env: Readonly<Record<string, string>> = {},
	options: Pick<TestHubOptions, 'now'> = {},
): Promise<ConnectedTestHub> {
	const sandbox = await startSandbox({ autoConsent: 'all' });
	const t = await startTestHub({
		...options,
		env: {
			...{ XERO_LOGIN_URL: sandbox.url, XERO_IDENTITY_URL: sandbox.url, XERO_API_URL: sandbox.url },
			...env,
		},
	});
	await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
	const { key } = (await t.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })).body;
	const app = await sandbox.createApp();
	await t.call('PUT', '/api/v1/workspaces/acme/app-keys', {
		clientId: app.clientId,
		clientSecret: app.clientSecret,
		webhookKey: app.webhookKey,
	});
	const { authorizeUrl } = (await t.call('POST', '/api/v1/workspaces/acme/connect')).body;
	const consent = await fetch(authorizeUrl, { redirect: 'manual' });
	const callback = new URL(consent.headers.get('location') ?? '');
	await fetch(`${t.hub.url}${callback.pathname}${callback.search}`);
	const call: ConnectedTestHub['call'] = (method, path, body) =>
		t.call(method, `/api/v1${path}`, body, key);
	const { items } = (await call('GET', '/connections')).body;
	return {
		...{ t, sandbox, app, connections: items, call },
		async xero(tenantId, path, init) {
			const response = await fetch(`${t.hub.url}/api/v1/xero/${tenantId}/api.xro/2.0/${path}`, {
				method: init?.method ?? 'GET',
				headers: {
					authorization: `Bearer ${key}`,
					accept: 'application/json',
					'content-type': 'application/json',
				},
				...(init && { body: JSON.stringify(init.body) }),
			});
			return response.json();
		},
		async postCsv(path, text) {
			const response = await fetch(`${t.hub.url}/api/v1${path}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv; charset=utf-8' },
				body: text,
			});
			const { status, headers } = response;
			return { status, headers, body: await response.json() };
		},
		async close() {
			await t.close();
			await sandbox.close();
		},
	};
}
