import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { OnConnect, Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';

/** An address with which somebody without an account connects an organisation. */
export interface ConnectLink {
	readonly id: string;
	readonly workspaceId: string;
	/** As the audit log names them. */
	readonly madeBy: string;
	readonly onConnect: OnConnect;
	/** It ends with its first use. */
	readonly once: boolean;
	/** Epoch milliseconds, as the others. */
	readonly expiresAt: number;
	/** How many consents came by it. */
	readonly uses: number;
	readonly usedAt: number | undefined;
	/** When somebody ended it, or its maker could connect no more. */
	readonly endedAt: number | undefined;
	readonly createdAt: number;
	readonly state: ConnectLinkState;
}

export type ConnectLinkState = 'open' | 'used' | 'expired' | 'ended';

export interface NewConnectLink {
	readonly madeBy: string;
	/** The person of the portal, or the admin key; neither where a command makes it. */
	readonly userId?: string | undefined;
	readonly adminKeyId?: string | undefined;
	readonly onConnect: OnConnect;
	readonly once: boolean;
	readonly expiresAt: number;
}

/** Who began what somebody else is to end; neither: the command line, which nobody can take away. */
export interface ConnectMaker {
	/** A person of the portal. */
	readonly userId: string | null;
	readonly adminKeyId: string | null;
}

/** Whether the maker may still connect organisations to the workspace. */
export type MakerMay = (maker: ConnectMaker, workspaceId: string) => Promise<boolean>;

export interface ConnectLinks {
	/** @returns the last part of its address, which is shown this once */
	create(
		workspaceId: string,
		wish: NewConnectLink,
	): Promise<{ readonly link: ConnectLink; readonly token: string }>;
	/** The newest first. Those whose maker may connect no more have ended. */
	list(workspaceId: string, page?: LinkPage): Promise<readonly ConnectLink[]>;
	/** @returns undefined where the workspace has none such. */
	find(workspaceId: string, token: string): Promise<ConnectLink | undefined>;
	/** @returns as it is now; undefined when it is gone */
	get(id: string): Promise<ConnectLink | undefined>;
	/** Idempotent. @throws NotFoundError */
	end(workspaceId: string, id: string): Promise<ConnectLink>;
	/**
	 * Counts a consent that came by it, as part of the transaction that keeps the consent.
	 *
	 * @returns whether it was still open; of two that come by a link for one use, one is
	 */
	use(tx: Transaction<Tables>, id: string): Promise<boolean>;
}

export interface LinkPage {
	readonly limit: number;
	/** Ids below it. */
	readonly before?: string | undefined;
}

type Row = Selectable<Tables['connect_links']>;

const ALL: LinkPage = { limit: 100 };

export function createConnectLinks(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly makerMay: MakerMay;
	readonly random?: (size: number) => Buffer;
}): ConnectLinks {
	const { db, now, makerMay, random = randomBytes } = deps;
	const one = () => db.selectFrom('connect_links').selectAll();

	function stateOf(row: Row): ConnectLinkState {
		if (row.ended_at !== null) return 'ended';
		if (row.is_once === 1 && row.uses > 0) return 'used';
		return row.expires_at <= now() ? 'expired' : 'open';
	}

	function toLink(row: Row): ConnectLink {
		return {
			id: row.id,
			workspaceId: row.workspace_id,
			madeBy: row.made_by,
			onConnect: row.on_connect,
			once: row.is_once === 1,
			expiresAt: row.expires_at,
			uses: row.uses,
			usedAt: row.used_at ?? undefined,
			endedAt: row.ended_at ?? undefined,
			createdAt: row.created_at,
			state: stateOf(row),
		};
	}

	/**
	 * For good where a person made it: who may connect again later makes a new one. Of a key it is not written down: the
	 * process may not know the key from `HUB_ADMIN_KEY`.
	 */
	async function endIfMakerMayNot(row: Row): Promise<Row> {
		const { user_id: userId, admin_key_id: adminKeyId, workspace_id: workspaceId } = row;
		if (row.ended_at !== null) return row;
		if (await makerMay({ userId, adminKeyId }, workspaceId)) return row;
		const ended_at = now();
		if (adminKeyId !== null) return { ...row, ended_at };
		await db
			.updateTable('connect_links')
			.set({ ended_at })
			.where('id', '=', row.id)
			.where('ended_at', 'is', null)
			.execute();
		return { ...row, ended_at };
	}

	const shown = async (row: Row | undefined) => row && toLink(await endIfMakerMayNot(row));

	return {
		async create(workspaceId, { madeBy, userId, adminKeyId, onConnect, once, expiresAt }) {
			const token = random(32).toString('base64url');
			const row: Row = {
				id: newId(now()),
				workspace_id: workspaceId,
				token_hash: hashOf(token),
				made_by: madeBy,
				user_id: userId ?? null,
				admin_key_id: adminKeyId ?? null,
				on_connect: onConnect,
				is_once: once ? 1 : 0,
				expires_at: expiresAt,
				uses: 0,
				used_at: null,
				ended_at: null,
				created_at: now(),
			};
			await db.insertInto('connect_links').values(row).execute();
			return { link: toLink(row), token };
		},

		async list(workspaceId, { limit, before } = ALL) {
			const rows = await one()
				.where('workspace_id', '=', workspaceId)
				.$if(before !== undefined, (q) => q.where('id', '<', before as string))
				.orderBy('id', 'desc')
				.limit(limit)
				.execute();
			return Promise.all(rows.map(async (row) => toLink(await endIfMakerMayNot(row))));
		},

		async find(workspaceId, token) {
			return shown(
				await one()
					.where('token_hash', '=', hashOf(token))
					.where('workspace_id', '=', workspaceId)
					.executeTakeFirst(),
			);
		},

		get: async (id) => shown(await one().where('id', '=', id).executeTakeFirst()),

		async end(workspaceId, id) {
			const row = await db
				.updateTable('connect_links')
				.set((e) => ({ ended_at: e.fn.coalesce('ended_at', e.val(now())) }))
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirst();
			if (row === undefined) throw new NotFoundError('This workspace has no such connect link.');
			return toLink(row);
		},

		async use(tx, id) {
			const used = await tx
				.updateTable('connect_links')
				.set((e) => ({ uses: e('uses', '+', 1), used_at: now() }))
				.where('id', '=', id)
				.where('ended_at', 'is', null)
				.where('expires_at', '>', now())
				.where((e) => e.or([e('is_once', '=', 0), e('uses', '=', 0)]))
				.returning('id')
				.executeTakeFirst();
			return used !== undefined;
		},
	};
}

/** 256 random bits: a plain hash of it cannot be searched. */
function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
