import { sql, type Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { withoutOrganisation } from '../webhooks/withoutOrganisation';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/** Read into memory and parsed in one step; one payload has at most as many. */
const BYTES_A_STEP = 1_048_576;

/**
 * What of Xero's payloads speaks of the organisation goes: its entries, and the whole payload where nothing else
 * is in it. Xero sends to an app, so that payloads of the workspaces that share it are looked through too, but for
 * those that hold the organisation themselves. One that waits to be routed is passed over.
 */
export async function purgePayloadsOf(
	tx: Transaction<Tables>,
	engine: Engine,
	purge: Purge,
	[after = '0']: readonly string[],
): Promise<PurgeStepped> {
	const owners = await receiversOf(tx, purge);
	const looked = await tx
		.selectFrom('payloads')
		.select(['id', 'workspace_id', 'received_at', 'routed_at'])
		.select(sql<number>`octet_length(body)`.as('bytes'))
		.where('id', '>', Number(after))
		.orderBy('id')
		.limit(ROWS_A_STEP)
		.execute();
	const isOurs = (row: (typeof looked)[number]) =>
		owners.has(row.workspace_id) && row.received_at < purge.before;
	let bytes = 0;
	const fitting = looked.filter((row, index) => {
		bytes += isOurs(row) ? Number(row.bytes) : 0;
		return index === 0 || bytes <= BYTES_A_STEP;
	});
	const ours = fitting.filter(isOurs);
	const routed = ours.filter((row) => row.routed_at !== null).map(({ id }) => id);
	if (routed.length > 0) await strip(tx, engine, routed, purge.tenantId);

	const last = fitting.at(-1);
	const isEnd = looked.length < ROWS_A_STEP && fitting.length === looked.length;
	return {
		after: isEnd || last === undefined ? undefined : [String(last.id)],
		isPassedOver: routed.length < ours.length,
	};
}

async function receiversOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId }: Purge,
): Promise<ReadonlySet<string>> {
	const sharing = await tx
		.selectFrom('app_keys as k')
		.innerJoin('app_keys as own', 'own.client_id', 'k.client_id')
		.select('k.workspace_id as id')
		.where('own.workspace_id', '=', workspaceId)
		.where((e) =>
			e.not(
				e.exists(
					e
						.selectFrom('connections as c')
						.select('c.id')
						.whereRef('c.workspace_id', '=', 'k.workspace_id')
						.where('c.tenant_id', '=', tenantId),
				),
			),
		)
		.execute();
	return new Set([workspaceId, ...sharing.map(({ id }) => id)]);
}

/** Those that a person put into the inbox again meanwhile stay as they are. */
async function strip(
	tx: Transaction<Tables>,
	engine: Engine,
	ids: readonly number[],
	tenantId: string,
): Promise<void> {
	const rows = await tx
		.selectFrom('payloads')
		.select(['id', 'body', 'fault'])
		.where('id', 'in', [...ids])
		.where('routed_at', 'is not', null)
		.orderBy('id')
		.$if(engine === 'postgres', (q) => q.forUpdate())
		.execute();
	const gone: number[] = [];
	for (const { id, body, fault } of rows) {
		const rest = withoutOrganisation(body, tenantId);
		if (rest === null) gone.push(id);
		else if (rest !== undefined) {
			await tx
				.updateTable('payloads')
				.set({ body: rest, fault: fault && withoutQuote(fault) })
				.where('id', '=', id)
				.execute();
		}
	}
	if (gone.length > 0) await tx.deleteFrom('payloads').where('id', 'in', gone).execute();
}

/** What a database said of a payload that it did not take may quote it. */
function withoutQuote(fault: string): string {
	return fault.replace(/^(it could not be written down):.*$/s, '$1');
}
