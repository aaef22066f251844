import type { Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';

/** A record of which an event tells. */
export interface ChangedRecord {
	readonly workspaceId: string;
	readonly tenantId: string;
	/** As Xero's webhooks name it. */
	readonly category: string;
	readonly resourceId: string;
	readonly source: string;
}

const ROWS_A_READ = 1_000;

/**
 * The records of some categories of which events were received since then, in pieces, oldest first.
 *
 * @param since epoch milliseconds
 */
export async function* changedRecords(
	db: Kysely<Tables>,
	categories: readonly string[],
	since: number,
): AsyncGenerator<readonly ChangedRecord[]> {
	let after = firstIdAt(since);
	for (;;) {
		const rows = await db
			.selectFrom('events')
			.select(['id', 'workspace_id', 'tenant_id', 'category', 'resource_id', 'source'])
			.where('id', '>', after)
			.where('category', 'in', categories)
			.orderBy('id')
			.limit(ROWS_A_READ)
			.execute();
		if (rows.length > 0) {
			yield rows.map((row) => ({
				workspaceId: row.workspace_id,
				tenantId: row.tenant_id,
				category: row.category,
				resourceId: row.resource_id,
				source: row.source,
			}));
		}
		const last = rows.at(-1);
		if (last === undefined || rows.length < ROWS_A_READ) return;
		after = last.id;
	}
}
