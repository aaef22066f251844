import type { Kysely } from 'kysely';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import { epochOf, findStates } from '../records/recordStates';
import { recordId } from '../records/FoundRecord';
import { findEntity } from '../records/xeroEntities';
import type { LinkedEntity } from './Link';
import type { LinkedStanding } from './judgeLinked';

/**
 * What is known, without asking Xero, of records that links link to.
 *
 * @returns by {@link standingKey}; what is not known is absent
 */
export async function linkedStandings(
	db: Kysely<Tables>,
	workspaceId: string,
	tenantId: string,
	records: ReadonlyArray<{ readonly entity: LinkedEntity; readonly xeroId: string }>,
): Promise<ReadonlyMap<string, LinkedStanding>> {
	const standings = new Map<string, LinkedStanding>();
	const connection = await db
		.selectFrom('connections')
		.select(['id', 'record_epoch'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.executeTakeFirst();
	if (connection === undefined) return standings;
	for (const [entity, group] of Map.groupBy(records, (record) => record.entity)) {
		const place = {
			...{ workspaceId, tenantId, epoch: epochOf(connection) },
			entity: findEntity(entity)?.entity ?? entity,
		};
		for (const ids of inChunks([...new Set(group.map(({ xeroId }) => recordId(xeroId)))])) {
			for (const [id, { standing, isDeleted }] of await findStates(db, place, ids)) {
				standings.set(standingKey({ entity, xeroId: id }), {
					status: standing?.status ?? null,
					mergedInto: standing?.mergedInto ?? null,
					isDeleted,
				});
			}
		}
	}
	return standings;
}

export function standingKey(of: {
	readonly entity: LinkedEntity;
	readonly xeroId: string;
}): string {
	return `${of.entity} ${recordId(of.xeroId)}`;
}
