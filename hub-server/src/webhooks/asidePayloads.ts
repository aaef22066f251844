import type { Kysely } from 'kysely';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';

/** A payload of Xero's that could not be routed whole, and waits for a person. */
export interface AsidePayload {
	/** Such as `payload-7`: the number that the log has too. */
	readonly id: string;
	/** ISO 8601, UTC. */
	readonly receivedAt: string;
	/** ISO 8601, UTC. */
	readonly putAsideAt: string;
	/** What could not be read or written; the readable rest of it was routed. */
	readonly fault: string;
	readonly bytes: number;
}

/** The payloads that were put aside: to look at, to try again, to let be. */
export interface AsidePayloads {
	/** Newest first. */
	list(workspaceId: string, page: PageRequest): Promise<Page<AsidePayload>>;
	/** With the bytes that Xero signed. @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<AsidePayload & { readonly body: Buffer }>;
	/**
	 * Puts them into the inbox again; what was routed of them stays and is not doubled.
	 *
	 * @param id absent: all of the workspace
	 * @returns how many
	 */
	routeAgain(workspaceId: string, id?: string): Promise<number>;
	/** They are kept as any payload is, and nobody is asked about them any more. @returns how many */
	dismiss(workspaceId: string, id?: string): Promise<number>;
}

export function createAsidePayloads(db: Kysely<Tables>): AsidePayloads {
	const change = (workspaceId: string, id: string | undefined) =>
		db
			.updateTable('payloads')
			.where('workspace_id', '=', workspaceId)
			.where('put_aside_at', 'is not', null)
			.$if(id !== undefined, (q) => q.where('id', '=', numberOf(id) ?? NO_ID));

	const columns = (workspaceId: string) =>
		db
			.selectFrom('payloads')
			.select(['id', 'received_at', 'put_aside_at', 'fault'])
			.select((e) => e.fn<number>('length', ['body']).as('bytes'))
			.where('workspace_id', '=', workspaceId)
			.where('put_aside_at', 'is not', null);

	return {
		async list(workspaceId, { cursor, limit }) {
			const rows = await columns(workspaceId)
				.$if(cursor !== undefined, (q) => q.where('id', '<', numberOf(cursor) ?? NO_ID))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows.map(toAsidePayload), limit, (payload) => payload);
		},

		async get(workspaceId, id) {
			const row = await columns(workspaceId)
				.select('body')
				.where('id', '=', numberOf(id) ?? NO_ID)
				.executeTakeFirst();
			if (row === undefined) {
				throw new NotFoundError(`The workspace has no payload "${id}" that was put aside.`);
			}
			return { ...toAsidePayload(row), body: row.body };
		},

		async routeAgain(workspaceId, id) {
			const { numUpdatedRows } = await change(workspaceId, id)
				.set({ routed_at: null, routed_entries: 0, put_aside_at: null, fault: null })
				.executeTakeFirst();
			return Number(numUpdatedRows);
		},

		async dismiss(workspaceId, id) {
			const { numUpdatedRows } = await change(workspaceId, id)
				.set({ put_aside_at: null })
				.executeTakeFirst();
			return Number(numUpdatedRows);
		},
	};
}

/** Rows are counted from 1. */
const NO_ID = 0;

/** Undefined for what is no id of a payload; 15 digits stay below 2^53. */
function numberOf(id: string | undefined): number | undefined {
	const number = /^payload-(\d{1,15})$/.exec(id ?? '')?.[1];
	return number === undefined ? undefined : Number(number);
}

function toAsidePayload(row: {
	readonly id: number;
	readonly received_at: number;
	readonly put_aside_at: number | null;
	readonly fault: string | null;
	readonly bytes: number;
}): AsidePayload {
	return {
		id: `payload-${row.id}`,
		receivedAt: new Date(row.received_at).toISOString(),
		putAsideAt: new Date(row.put_aside_at ?? row.received_at).toISOString(),
		fault: row.fault ?? '',
		bytes: row.bytes,
	};
}
