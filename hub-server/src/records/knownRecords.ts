import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import type { XeroRecord } from '../../protocol/xero';
import { recordId } from './FoundRecord';
import type { RecordSealOf } from './recordSeals';
import { epochOf, findStates } from './recordStates';
import { findEntity } from './xeroEntities';

/** A record as the hub last knew it. */
export interface RecordView {
	readonly tenantId: string;
	readonly entity: string;
	readonly id: string;
	readonly version: string;
	readonly hash: string | null;
	readonly status: string | null;
	/** Null where only hashes are kept. */
	readonly record: XeroRecord | null;
	readonly deleted: boolean;
	/** ISO 8601, UTC. */
	readonly firstSeenAt: string;
	readonly seenAt: string;
}

/** What is known without asking Xero. */
export interface KnownRecords {
	/** @throws NotFoundError for what is not known */
	record(
		workspaceId: string,
		at: { readonly tenantId: string; readonly entity: string; readonly id: string },
	): Promise<RecordView>;
}

export function createKnownRecords(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
}): KnownRecords {
	const { db, recordSealOf } = deps;

	return {
		async record(workspaceId, { entity: name, ...at }) {
			const unknown = new NotFoundError(
				`The hub knows no ${name} "${at.id}" of that organisation.`,
			);
			const entity = findEntity(name)?.entity;
			const tenantId = at.tenantId.toLowerCase();
			const connection = await db
				.selectFrom('connections')
				.select(['id', 'record_epoch'])
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.executeTakeFirst();
			if (entity === undefined || connection === undefined) throw unknown;
			const id = recordId(at.id);
			const place = { workspaceId, tenantId, entity, epoch: epochOf(connection) };
			const state = (await findStates(db, place, [id])).get(id);
			if (state === undefined) throw unknown;
			const seal = state.record === null ? undefined : await recordSealOf(workspaceId);
			const record =
				state.record === null || seal === undefined
					? null
					: seal.open(state.record, { tenantId, entity, id });
			return {
				tenantId,
				entity: record?.['Type'] === 'ACCPAY' ? 'bill' : entity,
				id,
				version: state.version,
				hash: state.hash,
				status: state.standing?.status ?? null,
				record,
				deleted: state.isDeleted,
				firstSeenAt: new Date(state.firstSeenAt).toISOString(),
				seenAt: new Date(state.seenAt).toISOString(),
			};
		},
	};
}
