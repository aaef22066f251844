import { AppKeysRequest } from '../workspaces/appKeysRequest';
import { parseRequest } from '../http/parseRequest';
import type { Stores } from '../hub/openStores';
import { noteCommand } from './noteCommand';

export interface AppKeysOptions {
	readonly clientId: string;
	/** Space separated. */
	readonly scopes?: string;
	/** A name, or a number of organisations. */
	readonly tier?: string;
}

/**
 * Saves a workspace's app keys as the API would, refusals included. What is not given stays as it is.
 *
 * @param env where the secrets are: on the command line other users of the machine could read them
 * @param say one line for the operator
 */
export async function setAppKeys(
	stores: Pick<Stores, 'database' | 'workspaces' | 'appKeys'>,
	slug: string,
	{ clientId, scopes, tier }: AppKeysOptions,
	env: NodeJS.ProcessEnv,
	say: (line: string) => void,
): Promise<void> {
	const clientSecret = env['XERO_CLIENT_SECRET'];
	if (!clientSecret) {
		throw new Error('Put the client secret into the environment as XERO_CLIENT_SECRET.');
	}
	const keys = parseRequest(AppKeysRequest, {
		clientId,
		clientSecret,
		scopes,
		webhookKey: env['XERO_WEBHOOK_KEY'] || undefined,
		secondWebhookKey: env['XERO_SECOND_WEBHOOK_KEY'] || undefined,
		tier: tier !== undefined && /^\d+$/.test(tier) ? Number(tier) : tier,
	});
	const { id } = await stores.workspaces.get(slug);
	const saved = await stores.appKeys.save(id, keys);
	await noteCommand(stores, {
		workspace: slug,
		action: 'app_keys.saved',
		detail: { clientId: saved.clientId, tier: saved.tier },
	});
	const webhookKey = saved.webhookKeyFingerprint;
	say(
		`Saved. Secret ${saved.clientSecretFingerprint}…, webhook key ${
			webhookKey === null ? 'not set' : `${webhookKey}…`
		}, tier ${saved.tier}.`,
	);
	for (const warning of saved.warnings) say(`Check this: ${warning}`);
}
