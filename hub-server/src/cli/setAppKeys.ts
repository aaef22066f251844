import type { AppKeyChanges } from '../administration/appKeyChanges';
import { AppKeysRequest } from '../administration/appKeysRequest';
import { parseRequest } from '../http/parseRequest';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import type { AppKeysView } from '../workspaces/appKeyStore';
import { CommandError } from './CommandError';
import { COMMAND_LINE } from './openAdministration';

export interface AppKeysOptions {
	readonly clientId: string;
	/** Space separated. */
	readonly scopes?: string;
	/** Scopes by what they are for. */
	readonly preset?: string;
	/** A name, or a number of organisations. */
	readonly tier?: string;
}

interface SetAppKeysDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly appKeyChanges: Pick<AppKeyChanges, 'save'>;
}

/**
 * Saves a workspace's app keys as the API would, refusals included. What is not given stays as it is.
 *
 * @param env where the secrets are: on the command line other users of the machine could read them
 * @param say one line for the operator
 */
export async function setAppKeys(
	{ workspaces, appKeyChanges }: SetAppKeysDeps,
	slug: string,
	{ clientId, scopes, preset, tier }: AppKeysOptions,
	env: NodeJS.ProcessEnv,
	say: (line: string) => void,
): Promise<AppKeysView> {
	const clientSecret = env['XERO_CLIENT_SECRET'];
	if (!clientSecret) {
		throw new CommandError(
			'missing_secret',
			'The client secret is missing: it comes from the environment, as XERO_CLIENT_SECRET.',
			'Set XERO_CLIENT_SECRET to what Xero shows under Configuration of your app, and run this again.',
		);
	}
	const keys = parseRequest(AppKeysRequest, {
		clientId,
		clientSecret,
		scopes,
		scopePreset: preset,
		webhookKey: env['XERO_WEBHOOK_KEY'] || undefined,
		secondWebhookKey: env['XERO_SECOND_WEBHOOK_KEY'] || undefined,
		tier: tier !== undefined && /^\d+$/.test(tier) ? Number(tier) : tier,
	});
	const saved = await appKeyChanges.save(COMMAND_LINE, await workspaces.get(slug), keys);
	const webhookKey = saved.webhookKeyFingerprint;
	say(
		`Saved. Secret ${saved.clientSecretFingerprint}…, webhook key ${
			webhookKey === null ? 'not set' : `${webhookKey}…`
		}, tier ${saved.tier}.`,
	);
	for (const warning of saved.warnings) say(`Check this: ${warning}`);
	return saved;
}
