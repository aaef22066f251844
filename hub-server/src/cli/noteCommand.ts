import type { Stores } from '../hub/openStores';
import { createAuditLog, type NewAuditEntry } from '../audit/auditLog';

/** Writes into the audit log what an operator changed with a command. */
export async function noteCommand(
	{ database: { db } }: Pick<Stores, 'database'>,
	entry: Omit<NewAuditEntry, 'actor'>,
): Promise<void> {
	await createAuditLog({ db, now: Date.now }).append({ actor: 'command line', ...entry });
}
