import type { Kysely } from 'kysely';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import { recordLabel } from './recordLabel';
import type { RecordSealOf } from './recordSeals';
import { epochOf, findStates } from './recordStates';
import { findEntity } from './xeroEntities';
import { xeroLink } from './xeroLink';

export interface NamedRecord {
	readonly tenantId: string;
	/** As event types name it. */
	readonly entity: string;
	readonly id: string;
}

/** How people know a record, and where it stands in Xero. */
export interface RecordName {
	/** Such as `INV-0042 · City Limousines`; null where the hub has no copy, or it has no name. */
	readonly label: string | null;
	readonly xeroUrl: string | null;
	/** Whether the hub has read it. */
	readonly isKnown: boolean;
}

/**
 * Names records from the sealed copies that the hub keeps; they are opened for the answer and kept nowhere.
 *
 * Xero is not asked.
 */
export type ReadRecordNames = (
	workspaceId: string,
	records: readonly NamedRecord[],
) => Promise<(record: NamedRecord) => RecordName>;

export function createReadRecordNames(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
}): ReadRecordNames {
	const { db, recordSealOf } = deps;

	return async function readRecordNames(workspaceId, records) {
		const names = new Map<string, RecordName>();
		const kept = Map.groupBy(
			records.flatMap((record) => {
				const entity = findEntity(record.entity)?.entity;
				return entity === undefined ? [] : [{ ...record, entity }];
			}),
			({ tenantId, entity }) => `${tenantId} ${entity}`,
		);
		const connections =
			kept.size === 0
				? []
				: await db
						.selectFrom('connections')
						.select(['tenant_id', 'id', 'record_epoch'])
						.where('workspace_id', '=', workspaceId)
						.execute();
		const seal = kept.size === 0 ? undefined : await recordSealOf(workspaceId);
		for (const group of kept.values()) {
			const [{ tenantId, entity } = { tenantId: '', entity: '' }] = group;
			const connection = connections.find((one) => one.tenant_id === tenantId);
			if (connection === undefined) continue;
			const place = { workspaceId, tenantId, entity, epoch: epochOf(connection) };
			for (const ids of inChunks([...new Set(group.map(({ id }) => id))])) {
				for (const [id, state] of await findStates(db, place, ids)) {
					const record =
						state.record === null
							? null
							: (seal?.open(state.record, { tenantId, entity, id }) ?? null);
					const shown = record?.['Type'] === 'ACCPAY' && entity === 'invoice' ? 'bill' : entity;
					names.set(keyOf({ tenantId, entity, id }), {
						label: recordLabel(record ?? undefined) ?? null,
						xeroUrl: xeroLink(shown, id, record) ?? null,
						isKnown: true,
					});
				}
			}
		}
		return (record) => {
			const entity = findEntity(record.entity)?.entity ?? record.entity;
			return (
				names.get(keyOf({ ...record, entity })) ?? {
					label: null,
					xeroUrl: xeroLink(record.entity, record.id, null) ?? null,
					isKnown: false,
				}
			);
		};
	};
}

function keyOf({ tenantId, entity, id }: NamedRecord): string {
	return `${tenantId} ${entity} ${id}`;
}
