import type { Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { noteSequence, type NumberedPayload, type SequenceNumbering } from './sequenceNumbering';

/** Writes down the numbers of payloads that came to workspaces' delivery URLs, in the order in which they came. */
export async function noteSequences(
	tx: Transaction<Tables>,
	engine: Engine,
	payloads: ReadonlyArray<NumberedPayload & { readonly workspaceId: string }>,
): Promise<void> {
	for (const [workspaceId, own] of Map.groupBy(payloads, (one) => one.workspaceId)) {
		const row = await tx
			.selectFrom('webhook_sequences')
			.select('numbering')
			.where('workspace_id', '=', workspaceId)
			.$if(engine === 'postgres', (q) => q.forUpdate())
			.executeTakeFirst();
		const before = row && (JSON.parse(row.numbering) as SequenceNumbering);
		const after = own.reduce<SequenceNumbering | undefined>(noteSequence, before);
		if (after === undefined || after === before) continue;
		await saveNumbering(tx, workspaceId, after);
	}
}

export async function saveNumbering(
	tx: Transaction<Tables>,
	workspaceId: string,
	numbering: SequenceNumbering,
): Promise<void> {
	const set = {
		numbering: JSON.stringify(numbering),
		hole_at: numbering.holes.reduce<number | null>(
			(at, { until }) => Math.min(at ?? until, until),
			null,
		),
	};
	await tx
		.insertInto('webhook_sequences')
		.values({ workspace_id: workspaceId, ...set })
		.onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(set))
		.execute();
}
