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
	organisations: readonly Organisation[],
): Promise<void> {
	if (engine === 'sqlite' || organisations.length === 0) return;
	await connectionsOf(tx, organisations).forNoKeyUpdate().execute();
}

/**
 * Until the transaction ends nobody keeps what was read of these organisations, though others may share this
 * hold: for who tells what was not read. Else a read and a webhook could tell one change at the same time,
 * neither knowing of the other.
 */
export async function shareRecords(
	tx: Transaction<Tables>,
	engine: Engine,
	organisations: readonly Organisation[],
): Promise<void> {
	if (engine === 'sqlite' || organisations.length === 0) return;
	await connectionsOf(tx, organisations).forShare().execute();
}

interface Organisation {
	readonly workspaceId: string;
	readonly tenantId: string;
}

function connectionsOf(tx: Transaction<Tables>, organisations: readonly Organisation[]) {
	return tx
		.selectFrom('connections')
		.select('id')
		.where('workspace_id', 'in', [...new Set(organisations.map((one) => one.workspaceId))])
		.where('tenant_id', 'in', [...new Set(organisations.map((one) => one.tenantId))])
		.orderBy('id');
}
