import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** What is kept of one workspace. */
export interface KeptUsage {
	readonly events: number;
	/** Of events as Xero told them, and of their records. */
	readonly bytes: number;
}

/** By workspace. */
export type UsageChanges = ReadonlyMap<string, KeptUsage>;

/** Adds up what each of many things changes. */
export function sumUsage(
	changes: Iterable<KeptUsage & { readonly workspaceId: string }>,
): Map<string, KeptUsage> {
	const sums = new Map<string, KeptUsage>();
	for (const { workspaceId, events, bytes } of changes) {
		const sum = sums.get(workspaceId) ?? { events: 0, bytes: 0 };
		sums.set(workspaceId, { events: sum.events + events, bytes: sum.bytes + bytes });
	}
	return sums;
}

/** For the transaction that keeps something: its last writes, and once, so that none waits in a circle. */
export async function addUsage(db: Kysely<Tables>, changes: UsageChanges): Promise<void> {
	for (const [workspaceId, { events, bytes }] of inOrder(changes)) {
		await db
			.insertInto('kept_usage')
			.values({ workspace_id: workspaceId, events, bytes })
			.onConflict((conflict) =>
				conflict.column('workspace_id').doUpdateSet((e) => ({
					events: e('kept_usage.events', '+', events),
					bytes: e('kept_usage.bytes', '+', bytes),
				})),
			)
			.execute();
	}
}

/** For the transaction that purges something. */
export async function subtractUsage(db: Kysely<Tables>, changes: UsageChanges): Promise<void> {
	for (const [workspaceId, { events, bytes }] of inOrder(changes)) {
		await db
			.updateTable('kept_usage')
			.set((e) => ({ events: e('events', '-', events), bytes: e('bytes', '-', bytes) }))
			.where('workspace_id', '=', workspaceId)
			.execute();
	}
}

/** By workspace; one of which nothing was ever kept is missing. */
export async function readUsage(db: Kysely<Tables>, workspaceId?: string): Promise<UsageChanges> {
	const rows = await db
		.selectFrom('kept_usage')
		.selectAll()
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.execute();
	return new Map(
		rows.map(({ workspace_id: id, events, bytes }) => [
			id,
			{ events: Math.max(0, events), bytes: Math.max(0, bytes) },
		]),
	);
}

/** Of one workspace, or of all together. */
export type ReadKept = (workspaceId?: string) => Promise<KeptUsage>;

export function createReadKept(db: Kysely<Tables>): ReadKept {
	return async function readKept(workspaceId) {
		const usage = await readUsage(db, workspaceId);
		return [...usage.values()].reduce<KeptUsage>(
			(sum, one) => ({ events: sum.events + one.events, bytes: sum.bytes + one.bytes }),
			{ events: 0, bytes: 0 },
		);
	};
}

/** All transactions lock the rows in one order, so that none waits for another in a circle. */
function inOrder(changes: UsageChanges) {
	return [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
}
