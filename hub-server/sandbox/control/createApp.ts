import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { SandboxContext } from '../context/SandboxContext';
import { ALPHANUMERIC, randomText } from '../world/random';
import type { XeroApp } from '../world/World';
import type { NewApp } from './controlSchemas';

/** Registers an app, as a developer does in Xero's portal. */
export function createApp(context: SandboxContext, wish: z.infer<typeof NewApp>): XeroApp {
	const { world, random } = context;
	const firstTenantId = [...world.organisations.keys()][0];
	const app: XeroApp = {
		clientId: randomText(random, '0123456789ABCDEF', 32),
		clientSecret: wish.type === 'pkce' ? undefined : randomText(random, `${ALPHANUMERIC}_-`, 48),
		webhookKey: randomBytes(64).toString('base64'),
		name: wish.name,
		redirectUris: wish.redirectUris,
		scopes: wish.scopes,
		tier: wish.tier,
		legacyScopes: wish.legacyScopes,
		bankFeeds: wish.bankFeeds,
		customConnectionTenantId: wish.type === 'custom' ? (wish.tenantId ?? firstTenantId) : undefined,
	};
	world.apps.set(app.clientId, app);
	context.changed();
	return app;
}
