import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * Ends every alert about something that is not there any more.
 *
 * @param subjects ids, of one kind of thing
 * @param now epoch milliseconds
 */
export async function endAlertsAbout(
	db: Kysely<Tables>,
	subjects: readonly string[],
	now: number,
): Promise<void> {
	if (subjects.length === 0) return;
	await db
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('subject', 'in', [...subjects])
		.where('resolved_at', 'is', null)
		.execute();
}
