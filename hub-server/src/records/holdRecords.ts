import type { Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';

/**
 * Until the transaction ends nobody else keeps what was read of these organisations: two who read a change
 * at the same time would both tell it. To be taken before any stream or event is written. SQLite has one
 * writer at a time.
 */
export async function holdRecords(
	tx: Transaction<Tables>,
	engine: Engine,
	organisations: ReadonlyArray<{ readonly workspaceId: string; readonly tenantId: string }>,
): Promise<void> {
	if (engine === 'sqlite' || organisations.length === 0) return;
	await tx
		.selectFrom('connections')
		.select('id')
		.where('workspace_id', 'in', [...new Set(organisations.map((one) => one.workspaceId))])
		.where('tenant_id', 'in', [...new Set(organisations.map((one) => one.tenantId))])
		.orderBy('id')
		.forNoKeyUpdate()
		.execute();
}
