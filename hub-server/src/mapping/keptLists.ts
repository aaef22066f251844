import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { XeroRecord } from '../../protocol/xero';
import type { Tables } from '../database/tables';
import type { RecordSealOf } from '../records/recordSeals';
import { epochOf, findStates, listStates, type RecordState } from '../records/recordStates';

/** An entity of an organisation, as the hub keeps it. */
export interface KeptList {
	readonly workspaceId: string;
	readonly tenantId: string;
	/** As event types name it. */
	readonly entity: string;
}

/** Copies of records that a stream keeps up to date. */
export interface KeptLists {
	/** All of them, but those that are known to be deleted; undefined where Xero has to be asked. */
	list(of: KeptList): Promise<readonly XeroRecord[] | undefined>;
	/** By id, deleted ones with that status; undefined where Xero has to be asked. */
	find(of: KeptList, ids: readonly string[]): Promise<ReadonlyMap<string, XeroRecord> | undefined>;
}

/** A list that nobody lists: the largest charts have some thousand accounts. */
const MOST_LISTED = 10_000;

const ROWS_A_READ = 500;

const DELETED = { Status: 'DELETED', ContactStatus: 'DELETED' } as const;

export function createKeptLists(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
	/** Whether a stream keeps whole copies of all of an entity's records, and has done so lately. */
	isKeptFresh(connectionId: string, entity: string): Promise<boolean>;
}): KeptLists {
	const { db, recordSealOf } = deps;

	async function placeOf({ workspaceId, tenantId: tenant, entity }: KeptList) {
		const tenantId = tenant.toLowerCase();
		const connection = await db
			.selectFrom('connections')
			.select(['id', 'record_epoch'])
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.executeTakeFirst();
		if (connection === undefined) return undefined;
		if (!(await deps.isKeptFresh(connection.id, entity))) return undefined;
		return { workspaceId, tenantId, entity, epoch: epochOf(connection) };
	}

	return {
		async list(of) {
			const place = await placeOf(of);
			if (place === undefined) return undefined;
			const seal = await recordSealOf(of.workspaceId);
			const records: XeroRecord[] = [];
			let after: string | undefined = '';
			while (after !== undefined) {
				const { states, next } = await listStates(db, place, { after, limit: ROWS_A_READ });
				for (const { id, record } of states) {
					// A hash alone says nothing of what it is.
					if (record === null || records.length >= MOST_LISTED) return undefined;
					records.push(seal.open(record, { ...place, id }));
				}
				after = next;
				await setImmediate();
			}
			return records;
		},

		async find(of, ids) {
			const place = await placeOf(of);
			if (place === undefined) return undefined;
			const seal = await recordSealOf(of.workspaceId);
			const records = new Map<string, XeroRecord>();
			for (let start = 0; start < ids.length; start += ROWS_A_READ) {
				const states: ReadonlyMap<string, RecordState> = await findStates(
					db,
					place,
					ids.slice(start, start + ROWS_A_READ),
				);
				for (const { id, record, isDeleted } of states.values()) {
					if (record === null) continue;
					const opened = seal.open(record, { ...place, id });
					records.set(id, isDeleted ? { ...opened, ...DELETED } : opened);
				}
				await setImmediate();
			}
			return records;
		},
	};
}
