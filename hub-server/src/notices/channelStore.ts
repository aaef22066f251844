import { randomBytes } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import type { KeyRing } from '../secrets/keyRing';
import type { AlertChannel, AlertTarget, ChannelView, ChannelWish } from './AlertChannel';

/** The channels of all workspaces; their targets and secrets are sealed. */
export interface ChannelStore {
	list(workspaceId: string): Promise<ChannelView[]>;
	/**
	 * What is not named goes, with what it was still to be told.
	 *
	 * @param wishes new channels, and the ids of those that stay
	 * @returns the secrets of the new webhooks by the channel's id: they are given away this once
	 * @throws NotFoundError for an id that there is not
	 */
	replace(
		workspaceId: string,
		wishes: ReadonlyArray<ChannelWish | { readonly id: string }>,
	): Promise<ReadonlyMap<string, string>>;
	/** In clear, of every workspace. */
	open(ids: readonly string[]): Promise<AlertChannel[]>;
	/** Which there are. */
	all(): Promise<ReadonlyArray<{ readonly id: string; readonly workspaceId: string }>>;
}

export function createChannelStore(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly now: Clock;
	readonly random?: (size: number) => Buffer;
}): ChannelStore {
	const { db, keyRing, now, random = randomBytes } = deps;
	const place = (column: 'target' | 'secret', row: string, workspace: string) => ({
		table: 'alert_channels',
		row,
		column,
		workspace,
	});

	function openRow(row: Selectable<Tables['alert_channels']>): AlertChannel {
		const { id, workspace_id: workspaceId, kind } = row;
		const target = keyRing.open(row.target, place('target', id, workspaceId));
		const secret =
			row.secret === null ? undefined : keyRing.open(row.secret, place('secret', id, workspaceId));
		return { id, workspaceId, ...targetOf(kind, target, secret) };
	}

	return {
		async list(workspaceId) {
			const rows = await db
				.selectFrom('alert_channels')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.orderBy('id')
				.execute();
			const last = await lastNotices(db, workspaceId);
			return rows.map((row) => ({
				id: row.id,
				kind: row.kind,
				target: shown(openRow(row)),
				createdAt: new Date(row.created_at).toISOString(),
				lastToldAt: isoOf(last.get(row.id)?.toldAt),
				lastError: last.get(row.id)?.error ?? null,
			}));
		},

		replace: (workspaceId, wishes) =>
			db.transaction().execute(async (tx) => {
				const held = await tx
					.selectFrom('alert_channels')
					.select('id')
					.where('workspace_id', '=', workspaceId)
					.execute();
				const kept = new Set(wishes.flatMap((wish) => ('id' in wish ? [wish.id] : [])));
				for (const id of kept) {
					if (held.some((row) => row.id === id)) continue;
					throw new NotFoundError(`The workspace has no alert channel "${id}".`);
				}
				const gone = held.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
				if (gone.length > 0) {
					await tx.deleteFrom('alert_notices').where('channel_id', 'in', gone).execute();
					await tx.deleteFrom('alert_channels').where('id', 'in', gone).execute();
				}

				const secrets = new Map<string, string>();
				for (const wish of wishes) {
					if ('id' in wish) continue;
					const id = newId(now());
					const target = wish.kind === 'email' ? wish.to.join(' ') : wish.url;
					const secret =
						wish.kind === 'webhook' ? `whsec_${random(24).toString('base64')}` : undefined;
					if (secret !== undefined) secrets.set(id, secret);
					await tx
						.insertInto('alert_channels')
						.values({
							id,
							workspace_id: workspaceId,
							kind: wish.kind,
							target: keyRing.seal(target, place('target', id, workspaceId)),
							secret:
								secret === undefined
									? null
									: keyRing.seal(secret, place('secret', id, workspaceId)),
							created_at: now(),
						})
						.execute();
				}
				return secrets;
			}),

		async open(ids) {
			if (ids.length === 0) return [];
			const rows = await db
				.selectFrom('alert_channels')
				.selectAll()
				.where('id', 'in', [...new Set(ids)])
				.execute();
			return rows.map(openRow);
		},

		async all() {
			const rows = await db.selectFrom('alert_channels').select(['id', 'workspace_id']).execute();
			return rows.map(({ id, workspace_id: workspaceId }) => ({ id, workspaceId }));
		},
	};
}

function targetOf(
	kind: AlertTarget['kind'],
	target: string,
	secret: string | undefined,
): AlertTarget {
	switch (kind) {
		case 'webhook':
			return { kind, url: target, secret };
		case 'slack':
			return { kind, url: target };
		case 'email':
			return { kind, to: target.split(' ') };
	}
}

/** What follows the host of a URL may be what lets its holder in. */
function shown(target: AlertTarget): string {
	return target.kind === 'email' ? target.to.join(', ') : `${new URL(target.url).origin}/…`;
}

/** What each channel was last told, or why it was not. */
async function lastNotices(db: Kysely<Tables>, workspaceId: string) {
	const rows = await db
		.selectFrom('alert_notices')
		.select(['channel_id', 'raised_told_at', 'ended_told_at', 'last_error'])
		.where('workspace_id', '=', workspaceId)
		.orderBy('id')
		.execute();
	const last = new Map<string, { readonly toldAt: number; readonly error: string | null }>();
	for (const row of rows) {
		const before = last.get(row.channel_id)?.toldAt ?? 0;
		const toldAt = Math.max(before, row.raised_told_at ?? 0, row.ended_told_at ?? 0);
		last.set(row.channel_id, { toldAt, error: row.last_error });
	}
	return last;
}

function isoOf(at: number | undefined): string | null {
	return at === undefined || at === 0 ? null : new Date(at).toISOString();
}
