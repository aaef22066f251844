import { HOUR_MS, oncePer } from '../audit/oncePer';
import type { Clock } from '../clock';
import { ConnectionDisabledError } from '../errors/xeroErrors';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { Workspace } from '../workspaces/workspaceStore';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { GrantVault } from '../xero/grants/grantVault';
import type { ReadAppKeys } from '../xero/identity/appKeys';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** An access token with what is needed to call Xero with it. */
export interface TokenSecrets {
	readonly accessToken: string;
	/** Seconds; two minutes at least. */
	readonly expiresIn: number;
	readonly scope: string;
	readonly tenantId: string;
	readonly tenantUrl: string;
}

/** The secret set that other tools ask for. Never the refresh token. */
export interface ExportedSecrets extends TokenSecrets {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly webhookKey: string | null;
}

/**
 * Secrets that leave the hub, each written into the audit log: an API key that reads those of an
 * organisation again and again once an hour, whoever has the admin key each time.
 */
export interface SecretReads {
	/** @throws NotFoundError, ConnectionDisabledError, and what keeps the vault from a token */
	token(by: Actor, workspace: Holder, connectionId: string): Promise<TokenSecrets>;
	/** @throws as `token` does, and AppKeysMissingError */
	exported(by: Actor, workspace: Holder, connectionId: string): Promise<ExportedSecrets>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

export function createSecretReads(deps: {
	readonly connections: Pick<ConnectionRows, 'get'>;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	readonly readAppKeys: ReadAppKeys;
	/** The webhook keys of a workspace by slug, current first. */
	readonly appKeys: Pick<AppKeyStore, 'signingKeys'>;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly xeroApiUrl: string;
	readonly now: Clock;
	readonly noteChange: NoteChange;
}): SecretReads {
	const { connections, vault, readAppKeys, appKeys, xeroApiUrl, now, noteChange } = deps;
	const isFirstThisHour = oncePer(HOUR_MS, now);

	async function readToken(workspaceId: string, connection: Connection): Promise<TokenSecrets> {
		if (!connection.enabled) throw new ConnectionDisabledError(connectionName(connection));
		const { token, expiresAt, scope } = await vault.accessToken(connection.grantId, {
			workspaceId,
		});
		return {
			accessToken: token,
			expiresIn: Math.floor((expiresAt - now()) / 1000),
			scope,
			tenantId: connection.tenantId,
			tenantUrl: `${xeroApiUrl}/api.xro/2.0`,
		};
	}

	async function note(
		by: Actor,
		{ slug }: Holder,
		action: 'token.read' | 'secrets.exported',
		connection: Connection,
	): Promise<void> {
		const isRepeated =
			by.keyId !== undefined &&
			!isFirstThisHour(JSON.stringify([by.name, by.call, action, connection.id]));
		if (isRepeated) return;
		await noteChange(by, {
			workspace: slug,
			action,
			detail: { organisation: connectionName(connection) },
		});
	}

	return {
		async token(by, workspace, connectionId) {
			const connection = await connections.get(workspace.id, connectionId);
			const secrets = await readToken(workspace.id, connection);
			await note(by, workspace, 'token.read', connection);
			return secrets;
		},
		async exported(by, workspace, connectionId) {
			const connection = await connections.get(workspace.id, connectionId);
			const secrets = await readToken(workspace.id, connection);
			const { clientId, clientSecret } = await readAppKeys(workspace.id);
			const signing = await appKeys.signingKeys(workspace.slug);
			const webhookKey = signing?.keys.find(({ name }) => name === 'current')?.key ?? null;
			await note(by, workspace, 'secrets.exported', connection);
			return { ...secrets, clientId, clientSecret, webhookKey };
		},
	};
}
