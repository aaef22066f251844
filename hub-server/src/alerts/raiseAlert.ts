import type { Kysely } from 'kysely';
import { newId } from '../database/newId';
import { GRANT_ALERT_KINDS, type GrantAlertKind, type Tables } from '../database/tables';

export interface NewAlert {
	readonly workspaceId: string;
	/** What it is called, `alertTitle` says. */
	readonly kind: string;
	/** What it is about, such as the id of a grant; `HUB` where it is about the hub as a whole. */
	readonly subject: string;
	readonly message: string;
}

/** The subject of what is not about one workspace: it is raised in each, and told the operator once. */
export const HUB = 'hub';

/**
 * Ends another kind of trouble with the same grant: one has one at a time.
 *
 * @param now epoch milliseconds
 * @returns whether it is news: however many processes find one trouble, it is told once
 */
export async function raiseAlert(
	db: Kysely<Tables>,
	{ workspaceId, kind, subject, message }: NewAlert,
	now: number,
): Promise<boolean> {
	const others = isGrantAlert(kind) ? GRANT_ALERT_KINDS.filter((other) => other !== kind) : [];
	if (others.length > 0) {
		await db
			.updateTable('alerts')
			.set({ resolved_at: now })
			.where('workspace_id', '=', workspaceId)
			.where('subject', '=', subject)
			.where('kind', 'in', others)
			.where('resolved_at', 'is', null)
			.execute();
	}
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

function isGrantAlert(kind: string): kind is GrantAlertKind {
	return (GRANT_ALERT_KINDS as readonly string[]).includes(kind);
}
