import { KEY_SCOPES } from '../../../hub-server/src/workspaces/keyScopes';
import { SCOPE_PRESETS } from '../../../hub-server/src/workspaces/scopePresets';
import type { StartedPortal } from './startPortal';

export interface ProvisionedPortal {
	/** The connected organisation. */
	readonly tenantId: string;
	readonly connectionId: string;
	/** `xhk_…`. */
	readonly apiKey: string;
	/** Of the workspace's Xero app. */
	readonly clientId: string;
	readonly webhookKey: string;
}

/**
 * The workspace `acme`, connected over the API. Xero must consent by itself.
 *
 * @param n8nBaseUrls where deliveries may go
 * @param app `bankFeeds`: it is one that Xero has approved for bank feeds, and the user consents to them; `scopes`: those that the user is asked for, in place of the usual ones
 */
export async function provisionPortal(
	{ hub, sandbox, url, createApp }: StartedPortal,
	n8nBaseUrls: readonly string[] = [],
	{ bankFeeds = false, scopes }: { bankFeeds?: boolean; scopes?: string } = {},
): Promise<ProvisionedPortal> {
	const { call } = hub;
	await call('POST', '/api/v1/workspaces', { name: 'Acme', n8nBaseUrls });
	const { clientId, clientSecret, webhookKey } = await createApp({ bankFeeds });
	const asked = scopes ?? (bankFeeds ? `${SCOPE_PRESETS.standard} bankfeeds` : undefined);
	const keys = { clientId, clientSecret, webhookKey, ...(asked && { scopes: asked }) };
	await call('PUT', '/api/v1/workspaces/acme/app-keys', keys);
	const started = await call('POST', '/api/v1/workspaces/acme/connect');
	const landed = await fetch(started.body.authorizeUrl);
	if (!landed.ok) throw new Error(`Connecting ended at ${landed.url}: ${await landed.text()}`);
	await sandbox.setWebhook(clientId, `${url}/webhooks/xero/acme`);
	const newKey = { name: 'n8n', scopes: KEY_SCOPES };
	const { key } = (await call('POST', '/api/v1/workspaces/acme/api-keys', newKey)).body;
	const { items } = (await call('GET', '/api/v1/connections', undefined, key)).body;
	const [{ id, tenantId }] = items;
	return { tenantId, connectionId: id, apiKey: key, clientId, webhookKey };
}
