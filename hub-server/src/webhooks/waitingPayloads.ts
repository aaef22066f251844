import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** What is in the inbox and not routed yet, found by index: its cost does not grow with what waits. */
export interface WaitingPayloads {
	/**
	 * Workspaces of which something waits, in the order of their ids, beginning after `after` and going
	 * round once.
	 */
	workspaces(after: string, limit: number): Promise<readonly string[]>;
	/** When the oldest one was received that waits in each workspace, or in one. */
	oldest(workspaceId?: string): Promise<readonly OldestWaiting[]>;
	/** The same of the whole hub; undefined when nothing waits. Epoch milliseconds. */
	oldestOfAll(): Promise<number | undefined>;
}

export interface OldestWaiting {
	readonly workspaceId: string;
	/** Epoch milliseconds. */
	readonly receivedAt: number;
}

export function createWaitingPayloads(db: Kysely<Tables>): WaitingPayloads {
	async function following(after: string, limit: number): Promise<string[]> {
		const { rows } = await sql<{ id: string }>`
			${waitingAfter(after)}
			select id from waiting where id is not null limit ${limit}`.execute(db);
		return rows.map(({ id }) => id);
	}

	return {
		async workspaces(after, limit) {
			const later = await following(after, limit);
			if (after === '' || later.length === limit) return later;
			const earlier = await following('', limit - later.length);
			return [...later, ...earlier.filter((id) => !later.includes(id))];
		},

		async oldest(workspaceId) {
			if (workspaceId === undefined) {
				const { rows } = await sql<OldestWaiting>`
					${waitingAfter('')}
					select id as "workspaceId", (
						select received_at from payloads as p
						where p.workspace_id = waiting.id and p.routed_at is null order by p.id limit 1
					) as "receivedAt"
					from waiting where id is not null`.execute(db);
				return rows.map((row) => ({ ...row, receivedAt: Number(row.receivedAt) }));
			}
			const row = await db
				.selectFrom('payloads')
				.select('received_at')
				.where('workspace_id', '=', workspaceId)
				.where('routed_at', 'is', null)
				.orderBy('id')
				.limit(1)
				.executeTakeFirst();
			return row === undefined ? [] : [{ workspaceId, receivedAt: row.received_at }];
		},

		async oldestOfAll() {
			const row = await db
				.selectFrom('payloads')
				.select('received_at')
				.where('routed_at', 'is', null)
				.orderBy('id')
				.limit(1)
				.executeTakeFirst();
			return row?.received_at;
		},
	};
}

/** Steps from one workspace to the next in the index, past everything that waits of each. */
function waitingAfter(after: string) {
	return sql`
		with recursive waiting(id) as (
			select min(workspace_id) from payloads where routed_at is null and workspace_id > ${after}
			union all
			select (
				select min(workspace_id) from payloads
				where routed_at is null and workspace_id > waiting.id
			) from waiting where waiting.id is not null
		)`;
}
