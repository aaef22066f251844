import type { Kysely } from 'kysely';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import type { GapKind, Tables } from '../database/tables';
import { provenApps } from '../workspaces/provenApps';
import { listenedEntities } from './listenedEntities';

/** A time in which webhooks may have been missed; epoch milliseconds. */
export interface FoundGap {
	readonly kind: GapKind;
	readonly from: number;
	readonly until: number;
	/** Only this connection. Default: all of the hub. */
	readonly connectionId?: string | undefined;
	/** Only those whose webhooks come to this workspace's delivery URL, or to one of the same app. */
	readonly receiver?: { readonly workspaceId: string; readonly clientId?: string | undefined };
}

/** Longer ago Xero does not keep what it could not deliver (its guide: up to 31 days), nor does the hub look. */
export const LONGEST_GAP_MS = 31 * 24 * 3600_000;

/** Gaps of one kind so close to each other, of which none is being repaired yet, are one. */
const CLOSE_MS = 30 * 60_000;

/**
 * Keeps a gap for each connection that it concerns: switched on, its app's webhooks in use, and with a
 * subscription that would have got something. What another gap of the connection covers is not a gap once
 * more: a repair reads all that changed since its gap began. To note one twice is to note it once.
 *
 * @param now epoch milliseconds
 * @returns for how many connections it is news
 */
export async function noteGap(
	db: Kysely<Tables>,
	{ kind, from, until, connectionId, receiver }: FoundGap,
	now: number,
): Promise<number> {
	const receiving = await appsInUse(db);
	const connections = await db
		.selectFrom('connections as c')
		.innerJoin('grants as g', 'g.id', 'c.grant_id')
		.innerJoin('app_keys as k', 'k.workspace_id', 'c.workspace_id')
		.select(['c.id', 'c.workspace_id as workspaceId', 'c.tenant_id as tenantId'])
		.select('c.created_at as createdAt')
		.where('c.enabled', '=', 1)
		.where((e) =>
			e.or([
				e('k.handshake_at', 'is not', null),
				...(receiving.length === 0 ? [] : [e('g.client_id', 'in', receiving)]),
			]),
		)
		.$if(connectionId !== undefined, (q) => q.where('c.id', '=', connectionId as string))
		.$if(receiver !== undefined, (q) =>
			q.where((e) =>
				e.or([
					e('c.workspace_id', '=', receiver?.workspaceId ?? ''),
					...(receiver?.clientId === undefined ? [] : [e('g.client_id', '=', receiver.clientId)]),
				]),
			),
		)
		.orderBy('c.id')
		.execute();
	const listened = await listenedEntities(
		db,
		connections.map(({ workspaceId }) => workspaceId),
	);
	const concerned = connections.filter((connection) => listened(connection).length > 0);
	const rows = [];
	let extended = 0;
	for (const connection of concerned) {
		const begin = Math.max(from, now - LONGEST_GAP_MS, connection.createdAt);
		const others = await db
			.selectFrom('gaps')
			.select(['id', 'kind', 'state', 'from_at as from', 'until_at as until'])
			.where('connection_id', '=', connection.id)
			.where('until_at', '>', begin - CLOSE_MS)
			// Only a clock that was set back since can have written another, whose repair is over already.
			.where('found_at', '<=', now)
			.orderBy('from_at')
			.execute();
		const left = others.reduce(
			(at, other) => (other.from <= at && other.until > at ? other.until : at),
			begin,
		);
		if (left >= until) continue;
		const same = others.find(
			(other) => other.kind === kind && other.state === 'found' && left - other.until < CLOSE_MS,
		);
		if (same !== undefined && same.from <= left) {
			extended += 1;
			await db
				.updateTable('gaps')
				.set({ until_at: until })
				.where('id', '=', same.id)
				.where('state', '=', 'found')
				.execute();
			continue;
		}
		rows.push({
			id: newId(now),
			workspace_id: connection.workspaceId,
			connection_id: connection.id,
			tenant_id: connection.tenantId,
			kind,
			from_at: left,
			until_at: until,
			state: 'found' as const,
			batch_id: null,
			note: null,
			found_at: now,
			repaired_at: null,
		});
	}
	for (const chunk of inChunks(rows)) await db.insertInto('gaps').values(chunk).execute();
	return rows.length + extended;
}

/** The apps that Xero has checked the webhooks of, at the delivery URL of any workspace: one is enough for all of an app. */
async function appsInUse(db: Kysely<Tables>): Promise<readonly string[]> {
	const checked = await db
		.selectFrom('app_keys')
		.select('workspace_id as id')
		.where('handshake_at', 'is not', null)
		.execute();
	const apps = await provenApps(
		db,
		checked.map(({ id }) => id),
	);
	return [...new Set(apps.values())];
}
