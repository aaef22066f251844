import type { Kysely } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { provenApps } from '../workspaces/provenApps';
import { noteGap } from './noteGap';
import { saveNumbering } from './noteSequences';
import { trustedHoles, type SequenceNumbering } from './sequenceNumbering';

/**
 * How long numbers may be late. Xero sends what it could not deliver again at once and after 15 minutes, then
 * less and less often for a day (its guide). What is still away after the first of those is read: to read early
 * costs a call and tells nothing twice, and a day is long to wait for an invoice.
 */
export const LATE_MS = 20 * 60_000;

/**
 * Makes gaps of the holes in Xero's numbering that stayed holes, and forgets them.
 *
 * @param now epoch milliseconds
 * @returns how many gaps are new
 */
export async function findJumps(db: Kysely<Tables>, engine: Engine, now: number): Promise<number> {
	const rows = await db
		.selectFrom('webhook_sequences')
		.select('workspace_id as workspaceId')
		.where('hole_at', '<=', now - LATE_MS)
		.execute();
	let found = 0;
	for (const { workspaceId } of rows) {
		found += await db.transaction().execute(async (tx) => {
			const row = await tx
				.selectFrom('webhook_sequences')
				.select('numbering')
				.where('workspace_id', '=', workspaceId)
				.$if(engine === 'postgres', (q) => q.forUpdate())
				.executeTakeFirst();
			if (row === undefined) return 0;
			const numbering = JSON.parse(row.numbering) as SequenceNumbering;
			const clientId = (await provenApps(tx, [workspaceId])).get(workspaceId);
			let gaps = 0;
			for (const { from, until } of trustedHoles(numbering, now - LATE_MS)) {
				const receiver = { workspaceId, clientId };
				gaps += await noteGap(tx, { kind: 'sequence', from, until, receiver }, now);
			}
			const holes = numbering.holes.filter(({ until }) => until > now - LATE_MS);
			await saveNumbering(tx, workspaceId, { ...numbering, holes });
			return gaps;
		});
	}
	return found;
}
