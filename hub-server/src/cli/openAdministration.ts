import { createApiKeyChanges } from '../administration/apiKeyChanges';
import { createAppKeyChanges } from '../administration/appKeyChanges';
import type { Administration } from '../administration/createAdministration';
import type { Actor } from '../administration/Actor';
import { createDeliveryReplays } from '../administration/deliveryReplays';
import { createNoteChange, type NoteChange } from '../administration/noteChange';
import { createWorkspaceChanges } from '../administration/workspaceChanges';
import { createGrantAlerts } from '../alerts/grantAlerts';
import { createAuditLog } from '../audit/auditLog';
import type { Config } from '../config/Config';
import { createConnectLink } from '../connect/connectLink';
import type { Stores } from '../hub/openStores';
import { createVerifyAppKeys } from '../workspaces/verifyAppKeys';
import { createGrantRows } from '../xero/grants/grantRows';
import { createGrantVault } from '../xero/grants/grantVault';
import { createReadAppKeys, createReadGrantKeys } from '../xero/identity/appKeys';
import { createXeroIdentity } from '../xero/identity/xeroIdentity';

/** Whoever may run commands on the hub's machine, as the audit log names them. */
export const COMMAND_LINE: Actor = { name: 'command line' };

/** What commands change, as the API and the portal do, beside a running hub or without one. */
export interface CommandAdministration extends Pick<
	Administration,
	'workspaceChanges' | 'appKeyChanges' | 'apiKeyChanges' | 'deliveryReplays'
> {
	/** For what only commands do. */
	readonly noteChange: NoteChange;
}

export function openAdministration(
	{ database: { db }, keyRing, workspaces, appKeys, apiKeys, replays }: Stores,
	config: Pick<Config, 'publicUrl' | 'xero'>,
): CommandAdministration {
	const now = Date.now;
	const noteChange = createNoteChange({
		audit: createAuditLog({ db, now }),
		onFault: sayUnwritten,
	});
	const identity = createXeroIdentity({ urls: config.xero, clock: now });
	const connectLink = createConnectLink(workspaces, config.publicUrl);
	const grants = createGrantRows({ db, keyRing, clock: now });
	// What it learns stands in the ledger, where a running hub sees it too.
	const vault = createGrantVault({
		grants,
		readGrantKeys: createReadGrantKeys({ db, keyRing }),
		identity,
		connectLink,
		clock: now,
		onStatusChange: createGrantAlerts({ db, now, grants, connectLink, onNews: sayGrantStopped }),
	});
	return {
		noteChange,
		workspaceChanges: createWorkspaceChanges({ workspaces, noteChange }),
		appKeyChanges: createAppKeyChanges({
			appKeys,
			readAppKeys: createReadAppKeys({ db, keyRing }),
			verifyAppKeys: createVerifyAppKeys(identity),
			appKeysChanged: () => vault.appKeysChanged(),
			noteChange,
		}),
		apiKeyChanges: createApiKeyChanges({ apiKeys, noteChange }),
		deliveryReplays: createDeliveryReplays({ replays, noteChange }),
	};
}

function sayUnwritten(cause: unknown): void {
	const reason = cause instanceof Error ? cause.message : String(cause);
	process.stderr.write(`This was done and could not be written into the audit log: ${reason}\n`);
	process.exitCode = 1;
}

function sayGrantStopped(): void {
	process.stderr.write(
		'Organisations that were connected through another Xero app need a new consent; the portal names them.\n',
	);
}
