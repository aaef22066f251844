import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** What has ended: one trouble, or with fewer members every open one that they fit. */
export interface EndedAlert {
	readonly kind: string;
	readonly workspaceId?: string | undefined;
	readonly subject?: string | undefined;
}

/** @param now epoch milliseconds */
export async function endAlert(
	db: Kysely<Tables>,
	{ kind, workspaceId, subject }: EndedAlert,
	now: number,
): Promise<void> {
	await db
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('kind', '=', kind)
		.where('resolved_at', 'is', null)
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.$if(subject !== undefined, (q) => q.where('subject', '=', subject as string))
		.execute();
}
