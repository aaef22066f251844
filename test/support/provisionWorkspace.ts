import { KEY_SCOPES } from '../../hub-server/src/workspaces/keyScopes';
import type { HubProcess } from './hubProcess';
import type { SandboxApp, SandboxClient } from './sandboxClient';

export interface ProvisionedWorkspace {
	readonly slug: string;
	/** `xhk_…`, with every scope: for what the test itself asks. */
	readonly apiKey: string;
	/** As it is made without a word about scopes: for n8n. */
	readonly usualKey: string;
	/** The workspace's Xero app in the sandbox. */
	readonly app: SandboxApp;
	/** The connected organisations. */
	readonly connections: ReadonlyArray<{ readonly id: string; readonly tenantId: string }>;
}

/**
 * What an operator does for a new client: a workspace, the keys of its own Xero app, consent by the
 * organisations' owner in a browser, the webhook, and a key for n8n.
 *
 * @param sandbox one that consents by itself
 * @param n8nBaseUrls where deliveries may go
 * @param scopes what the app asks for; the hub's usual ones when absent
 */
export async function provisionWorkspace(
	hub: Pick<HubProcess, 'call'>,
	sandbox: SandboxClient,
	n8nBaseUrls: readonly string[],
	scopes?: readonly string[],
	name = 'Test workspace',
): Promise<ProvisionedWorkspace> {
	const ask = async (method: string, path: string, body?: unknown, key?: string) => {
		const reply = await hub.call(method, `/api/v1${path}`, body, key);
		if (reply.status < 300) return reply.body;
		throw new Error(`${method} ${path} → ${reply.status} ${JSON.stringify(reply.body)}`);
	};

	const { slug, webhookUrl, redirectUri } = await ask('POST', '/workspaces', {
		name,
		n8nBaseUrls,
	});
	const app = await sandbox.createApp({ redirectUris: [redirectUri] });
	const { clientId, clientSecret, webhookKey } = app;
	await ask('PUT', `/workspaces/${slug}/app-keys`, {
		clientId,
		clientSecret,
		webhookKey,
		...(scopes && { scopes: scopes.join(' ') }),
	});

	const { authorizeUrl } = await ask('POST', `/workspaces/${slug}/connect`);
	const landed = await fetch(authorizeUrl);
	if (!landed.ok) throw new Error(`Connecting ended at ${landed.url}: ${await landed.text()}`);

	const handshake = await sandbox.setWebhook(clientId, webhookUrl);
	if (handshake.status !== 'ok') {
		throw new Error(`Intent to receive failed: ${JSON.stringify(handshake.checks)}`);
	}
	const keysAt = `/workspaces/${slug}/api-keys`;
	const { key } = await ask('POST', keysAt, { name: 'test', scopes: KEY_SCOPES });
	const { key: usualKey } = await ask('POST', keysAt, { name: 'n8n' });
	const { items } = await ask('GET', '/connections', undefined, key);
	return { slug, apiKey: key, usualKey, app, connections: items };
}
