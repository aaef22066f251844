import type { Kysely } from 'kysely';
import { newId } from '../database/newId';
import type { RaisedAlertKind, Tables } from '../database/tables';

export interface NewAlert {
	readonly workspaceId: string;
	readonly kind: RaisedAlertKind;
	readonly subject: string;
	readonly message: string;
}

/**
 * Ends another kind of trouble with the same subject.
 *
 * @param now epoch milliseconds
 * @returns whether it is news: however many processes find one trouble, it is told once
 */
export async function raiseAlert(
	db: Kysely<Tables>,
	{ workspaceId, kind, subject, message }: NewAlert,
	now: number,
): Promise<boolean> {
	await db
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('workspace_id', '=', workspaceId)
		.where('subject', '=', subject)
		.where('kind', '!=', kind)
		.where('resolved_at', 'is', null)
		.execute();
	const raised = await db
		.insertInto('alerts')
		.values({
			id: newId(now),
			workspace_id: workspaceId,
			kind,
			subject,
			message,
			raised_at: now,
			resolved_at: null,
		})
		.onConflict((conflict) => conflict.doNothing())
		.returning('id')
		.executeTakeFirst();
	return raised !== undefined;
}
