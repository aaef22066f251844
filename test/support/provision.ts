import type { HubProcess } from './hubProcess';
import { randomUUID } from 'node:crypto';

export interface Provisioned {
	readonly slug: string;
	/** `xhk_…`. */
	readonly apiKey: string;
	readonly webhookKey: string;
	readonly webhookUrl: string;
}

export interface ProvisionOptions {
	/** Base URLs to which deliveries may go although they are private. */
	readonly n8nBaseUrls?: readonly string[];
	readonly clientId?: string;
	readonly clientSecret?: string;
	readonly webhookKey?: string;
}

/** A workspace with app keys and an API key, made as an operator makes it: over the API. */
export async function provision(
	hub: HubProcess,
	options: ProvisionOptions = {},
): Promise<Provisioned> {
	const webhookKey = options.webhookKey ?? `webhook-key-${randomUUID()}`;
	const workspace = await hub.call('POST', '/api/v1/workspaces', {
		name: `Workspace ${randomUUID()}`,
		n8nBaseUrls: options.n8nBaseUrls ?? [],
	});
	const { slug } = workspace.body;
	await hub.call('PUT', `/api/v1/workspaces/${slug}/app-keys`, {
		clientId: options.clientId ?? 'CLIENT',
		clientSecret: options.clientSecret ?? 'SECRET',
		webhookKey,
	});
	const key = await hub.call('POST', `/api/v1/workspaces/${slug}/api-keys`, { name: 'test' });
	return {
		slug,
		apiKey: key.body.key,
		webhookKey,
		webhookUrl: `${hub.url}/webhooks/xero/${slug}`,
	};
}
