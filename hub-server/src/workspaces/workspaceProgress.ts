import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** How far a workspace has come since its keys were saved. */
export interface WorkspaceProgress {
	/** Epoch milliseconds. */
	readonly firstEventAt: number | null;
	readonly workflows: number;
	readonly firstDeliveredAt: number | null;
}

export type ReadProgress = (workspaceId: string) => Promise<WorkspaceProgress>;

export function createReadProgress(db: Kysely<Tables>): ReadProgress {
	return async function readProgress(workspaceId) {
		const [events, workflows, delivered] = await Promise.all([
			db
				.selectFrom('events')
				.select((e) => e.fn.min('received_at').as('at'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirst(),
			db
				.selectFrom('subscriptions')
				.select((e) => e.fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirst(),
			db
				.selectFrom('deliveries')
				.select('finished_at as at')
				.where('workspace_id', '=', workspaceId)
				.where('status', '=', 'delivered')
				.orderBy('id')
				.limit(1)
				.executeTakeFirst(),
		]);
		return {
			firstEventAt: events?.at ?? null,
			workflows: Number(workflows?.count ?? 0),
			firstDeliveredAt: delivered?.at ?? null,
		};
	};
}
