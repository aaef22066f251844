import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { setPulse } from './hubPulse';

/**
 * For a ledger that was restored: it cannot know what was told since the backup, so that the time since then is
 * no outage, and what was missed before is not told any more.
 *
 * @param at epoch milliseconds
 */
export async function forgetGaps(db: Kysely<Tables>, at: number): Promise<void> {
	await setPulse(db, at);
	await db.deleteFrom('webhook_sequences').execute();
	await closeGaps(db, { note: RESTORED }, at);
}

/** Ends what is being repaired, without telling more. */
export async function closeGaps(
	db: Kysely<Tables>,
	{ note, connectionId }: { readonly note: string; readonly connectionId?: string },
	at: number,
): Promise<void> {
	await db
		.updateTable('gap_repairs')
		.set({ status: 'failed', waiting_for: null, finished_at: at, error: note })
		.where('finished_at', 'is', null)
		.$if(connectionId !== undefined, (q) => q.where('connection_id', '=', connectionId as string))
		.execute();
	await db
		.updateTable('gaps')
		.set({ state: 'repaired', repaired_at: at, note })
		.where('repaired_at', 'is', null)
		.$if(connectionId !== undefined, (q) => q.where('connection_id', '=', connectionId as string))
		.execute();
}

const RESTORED =
	'The hub was restored from a backup, and cannot know what was told since: nothing of this time is told again.';
