import { formatSecrets, SECRET_FORMATS, type SecretFormat } from '../administration/secretFormats';
import type { ExportedSecrets, SecretReads } from '../administration/secretReads';
import { InvalidRequestError } from '../errors/requestErrors';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import { COMMAND_LINE } from './openAdministration';
import { workspaceNamed } from './workspaceNamed';

export interface ExportSecretsOptions {
	/** Its id or name; absent where the workspace has one only. */
	readonly organisation?: string;
	readonly format: string;
}

/**
 * Prints the secrets of one organisation, and nothing else, and notes it in the audit log.
 *
 * @returns them
 */
export async function exportSecrets(
	deps: {
		readonly workspaces: Pick<WorkspaceStore, 'get'>;
		readonly connections: Pick<ConnectionRows, 'list'>;
		readonly secretReads: Pick<SecretReads, 'exported'>;
	},
	slug: string,
	{ organisation, format }: ExportSecretsOptions,
	say: (text: string) => void,
): Promise<ExportedSecrets> {
	if (!isFormat(format)) {
		throw new InvalidRequestError(`--format must be one of ${SECRET_FORMATS.join(', ')}.`);
	}
	const workspace = await workspaceNamed(deps.workspaces, slug);
	const { id } = oneOf(await deps.connections.list(workspace.id), organisation);
	const secrets = await deps.secretReads.exported(COMMAND_LINE, workspace, id);
	say(formatSecrets(secrets, format).trimEnd());
	return secrets;
}

function isFormat(text: string): text is SecretFormat {
	return (SECRET_FORMATS as readonly string[]).includes(text);
}

function oneOf(held: readonly Connection[], named: string | undefined): Connection {
	const found = held.filter(
		(one) =>
			named === undefined || one.tenantId === named.toLowerCase() || connectionName(one) === named,
	);
	const [one, another] = found;
	if (one !== undefined && another === undefined) return one;
	const names = held.map((each) => `${connectionName(each)} (${each.tenantId})`).join(', ');
	if (held.length === 0) throw new InvalidRequestError('This workspace has no organisation yet.');
	throw new InvalidRequestError(`Say --organisation with one of: ${names}.`);
}
