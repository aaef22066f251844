import type { Actor } from '../administration/Actor';
import type { Administration } from '../administration/createAdministration';
import { createNoteChange, type NoteChange } from '../administration/noteChange';
import { createAuditLog, type AuditLog } from '../audit/auditLog';
import type { Config } from '../config/Config';
import { composeAdministration } from '../hub/composeAdministration';
import { composeMappings } from '../hub/composeMappings';
import { composeTargets } from '../hub/composeTargets';
import { composeXero } from '../hub/composeXero';
import { createLinkMigrations, type LinkMigrations } from '../links/linkMigrations';
import type { Stores } from '../hub/openStores';

/** Whoever may run commands on the hub's machine, as the audit log names them. */
export const COMMAND_LINE: Actor = { name: 'command line' };

/** What commands change, as the API and the portal do, beside a running hub or without one. */
export interface CommandAdministration extends Pick<
	Administration,
	| 'workspaceChanges'
	| 'appKeyChanges'
	| 'apiKeyChanges'
	| 'connectLinkChanges'
	| 'adminKeyChanges'
	| 'deliveryReplays'
	| 'offboardingChanges'
	| 'secretReads'
	| 'linkChanges'
	| 'linkMigrationChanges'
> {
	readonly linkMigrations: LinkMigrations;
	/** For what only commands do. */
	readonly noteChange: NoteChange;
	readonly audit: AuditLog;
}

export function openAdministration(
	stores: Stores,
	config: Pick<Config, 'allowedTargets' | 'publicUrl' | 'xero' | 'quotas' | 'smtp'>,
): CommandAdministration {
	const now = Date.now;
	const audit = createAuditLog({ db: stores.database.db, keyRing: stores.keyRing, now });
	const noteChange = createNoteChange({
		audit,
		onFault: sayUnwritten,
	});
	const uptime = () => performance.now();
	// What it learns stands in the ledger, where a running hub sees it too.
	const xero = composeXero({
		config,
		stores,
		now,
		uptime,
		random: Math.random,
		onGrantNews: sayGrantStopped,
	});
	const linkMigrations = createLinkMigrations({
		...{ db: stores.database.db, engine: stores.database.engine },
		...{ readRecords: xero.readRecords, now },
	});
	const administration = composeAdministration({
		linkMigrations,
		config,
		stores,
		xero,
		mapping: composeMappings({ stores, xero, now, uptime }),
		targets: composeTargets(config, stores),
		noteChange,
		now,
	});
	return { ...administration, linkMigrations, noteChange, audit };
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
