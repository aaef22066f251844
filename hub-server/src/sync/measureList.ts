import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { HubError } from '../errors/HubError';
import type { XeroEntity } from '../records/xeroEntities';
import type { XeroApi } from '../xero/api/xeroApi';
import { estimateBaseline, type BaselineEstimate } from './baselines';
import { addUsage } from './dayPlans';
import { pagesOf } from './estimateCalls';
import { readCount } from './readList';

/**
 * Asks Xero, with one call for a single record, what reading a list once would cost. The bytes are an upper
 * bound: one record packs worse than a page of them. Only paged lists tell how many they have; of others, and
 * where Xero does not answer in time, what is not known stays null. Never throws for what Xero does.
 */
export type MeasureList = (
	connection: { readonly id: string; readonly workspaceId: string },
	entity: XeroEntity,
) => Promise<BaselineEstimate>;

/** A person, or n8n, is waiting. */
const PATIENCE_MS = 4_000;

export function createMeasureList(deps: {
	readonly db: Kysely<Tables>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly now: Clock;
}): MeasureList {
	const { db, api, now } = deps;

	return async function measureList({ id, workspaceId }, entity) {
		const unknown = estimateBaseline(entity, undefined, undefined);
		if (entity.list !== 'sized') return unknown;
		const connection = await db
			.selectFrom('connections')
			.select(['grant_id as grantId', 'tenant_id as tenantId'])
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.where('enabled', '=', 1)
			.executeTakeFirst();
		if (connection === undefined) return unknown;
		const signal = AbortSignal.timeout(PATIENCE_MS);
		try {
			const call = { ...connection, workspaceId, entity, signal };
			const { count, bytes } = await readCount(api, call);
			const cost = { calls: 1, bytes };
			await db.transaction().execute((tx) => addUsage(tx, id, cost, now()));
			if (count === undefined) return unknown;
			return { records: count, calls: pagesOf(entity, count), bytes: bytes * count };
		} catch (cause) {
			if (cause instanceof HubError || signal.aborted) return unknown;
			throw cause;
		}
	};
}
