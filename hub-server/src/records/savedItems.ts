import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { firstIdAt, newId } from '../database/newId';
import type { Tables } from '../database/tables';
import type { KeyRing } from '../secrets/keyRing';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';

/** How long a save is remembered, in milliseconds. */
export const KEPT_MS = 60 * 60_000;

/** One item that a run of a node has saved at Xero before it stopped. */
export interface SavedItem {
	/** The node's own name for the save. */
	readonly id: string;
	/** Hash of what the item asked for. */
	readonly key: string;
	/** The first execution of which the one that saved it is a retry; usually that itself. */
	readonly execution: string;
	/** Epoch milliseconds. */
	readonly savedAt: number;
	/** What came out for the item; absent where that was too much to keep. */
	readonly records?: readonly Record<string, unknown>[] | undefined;
}

export interface NodeName {
	readonly workflowId: string;
	readonly nodeId: string;
}

/** Whose saves: of a node, and of one execution of it; all of the workspace's without either. */
export type SavedItemFilter = Partial<NodeName> & { readonly execution?: string | undefined };

/**
 * What runs that stopped have saved, for the next run of the same node: it is not to save that again.
 * Forgotten after {@link KEPT_MS}, or earlier when the node says that a run has completed.
 */
export interface SavedItems {
	/**
	 * Durable when it resolves. A save that is told again is kept once.
	 *
	 * @throws QuotaReachedError, and then nothing is kept
	 */
	remember(
		workspaceId: string,
		of: NodeName & { readonly execution: string },
		saves: ReadonlyArray<Omit<SavedItem, 'savedAt' | 'execution'>>,
	): Promise<void>;
	/**
	 * Oldest first.
	 *
	 * @param page `after` is the cursor of the page before
	 */
	list(
		workspaceId: string,
		filter: SavedItemFilter,
		page: { readonly after?: string | undefined; readonly limit: number },
	): Promise<{ readonly items: readonly SavedItem[]; readonly nextCursor: string | null }>;
	forget(workspaceId: string, filter: SavedItemFilter): Promise<void>;
}

export function createSavedItems(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	readonly now: Clock;
}): SavedItems {
	const { db, keyRing, workspaceLimits, now } = deps;
	const place = (row: string, workspace: string) => ({
		table: 'saved_items',
		column: 'records',
		row,
		workspace,
	});
	const firstKept = () => firstIdAt(now() - KEPT_MS);

	return {
		async remember(workspaceId, { workflowId, nodeId, execution }, saves) {
			if (saves.length === 0) return;
			await db
				.deleteFrom('saved_items')
				.where('workspace_id', '=', workspaceId)
				.where('id', '<', firstKept())
				.execute();
			const { kept } = await db
				.selectFrom('saved_items')
				.select((e) => e.fn.countAll().as('kept'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirstOrThrow();
			await workspaceLimits.requireRoom(workspaceId, 'savedItems', Number(kept) + saves.length - 1);
			const rows = saves.map((save) => {
				const id = newId(now());
				return {
					id,
					workspace_id: workspaceId,
					workflow_id: workflowId,
					node_id: nodeId,
					execution,
					save_id: save.id,
					item_key: save.key,
					records:
						save.records === undefined
							? null
							: keyRing.seal(JSON.stringify(save.records), place(id, workspaceId)),
					saved_at: now(),
				};
			});
			await db
				.insertInto('saved_items')
				.values(rows)
				.onConflict((c) => c.columns(['workspace_id', 'save_id']).doNothing())
				.execute();
		},

		async list(workspaceId, { workflowId, nodeId, execution }, { after, limit }) {
			const rows = await db
				.selectFrom('saved_items')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(workflowId !== undefined, (q) => q.where('workflow_id', '=', workflowId as string))
				.$if(nodeId !== undefined, (q) => q.where('node_id', '=', nodeId as string))
				.$if(execution !== undefined, (q) => q.where('execution', '=', execution as string))
				.where('id', '>', after ?? '')
				.where('id', '>=', firstKept())
				.orderBy('id')
				.limit(limit + 1)
				.execute();
			const shown = rows.slice(0, limit);
			return {
				items: shown.map((row) => ({
					id: row.save_id,
					key: row.item_key,
					execution: row.execution,
					savedAt: row.saved_at,
					...(row.records !== null && {
						records: JSON.parse(keyRing.open(row.records, place(row.id, workspaceId))) as Record<
							string,
							unknown
						>[],
					}),
				})),
				nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
			};
		},

		async forget(workspaceId, { workflowId, nodeId, execution }) {
			await db
				.deleteFrom('saved_items')
				.where('workspace_id', '=', workspaceId)
				.$if(workflowId !== undefined, (q) => q.where('workflow_id', '=', workflowId as string))
				.$if(nodeId !== undefined, (q) => q.where('node_id', '=', nodeId as string))
				.$if(execution !== undefined, (q) => q.where('execution', '=', execution as string))
				.execute();
		},
	};
}
