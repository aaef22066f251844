import type { Kysely } from 'kysely';
import { DERIVED_TYPES } from '../../protocol/xero';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { appendEvents } from '../events/appendEvents';
import { changeTypes } from '../events/changeTypes';
import type { RecordSealOf } from '../records/recordSeals';
import type { RecordState } from '../records/recordStates';
import type { Ring } from '../work/Doorbell';
import type { ClaimedStream } from './Stream';
import { holdOn } from './storeSlice';
import { syncEvent } from './syncEvent';

/**
 * Writes down that records are not there any more, and tells it with the last that was known of each, in one
 * transaction under the stream's lease.
 *
 * @throws StreamLostError when the lease is another's: nothing was stored
 */
export type StoreDeletions = (
	claimed: ClaimedStream,
	gone: readonly RecordState[],
) => Promise<{ readonly due: readonly Ring[]; readonly newEvents: number }>;

const DELETED = { status: 'DELETED' };

export function createStoreDeletions(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly recordSealOf: RecordSealOf;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly leaseMs: number;
	readonly now: Clock;
}): StoreDeletions {
	const { db, engine, recordSealOf, apiUrl, leaseMs, now } = deps;

	return async function storeDeletions(claimed, gone) {
		const { stream, run, states: place } = claimed;
		const { entity, workspaceId, tenantId } = stream;
		const seal = await recordSealOf(workspaceId);
		const at = now();
		// Such as a payment, which is DELETED first: that was told when it was read.
		const isStatusToo = DERIVED_TYPES.some(({ type }) => type === `${entity.entity}.deleted`);
		const untold = gone.filter(
			({ standing }) => !(isStatusToo && standing?.status === DELETED.status),
		);
		const events = untold.map(({ id, record: sealed }) => {
			const record =
				sealed === null ? {} : seal.open(sealed, { tenantId, entity: entity.entity, id });
			const kind = { category: entity.category, change: 'deleted' as const };
			return syncEvent(
				stream,
				{
					change: kind.change,
					resourceId: id,
					eventDateUtc: `deleted ${run.id}`,
					occurredAt: at,
					found: {
						record,
						version: null,
						difference: null,
						types: changeTypes(kind, record, 'unknown'),
					},
				},
				{ apiUrl, at },
			);
		});
		return db.transaction().execute(async (tx) => {
			await holdOn(tx, claimed, at + leaseMs);
			const { due, newEvents } = await appendEvents(tx, engine, events, at);
			for (const { id, standing } of gone) {
				const status = isStatusToo && standing !== null ? DELETED : {};
				await tx
					.updateTable('record_states')
					.set({
						deleted_at: at,
						...status,
						standing: JSON.stringify(standing && { ...standing, ...status }),
					})
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId)
					.where('entity', '=', place.entity)
					.where('xero_id', '=', id)
					.execute();
			}
			await tx
				.updateTable('sync_runs')
				.set((e) => ({ deleted: e('deleted', '+', gone.length) }))
				.where('id', '=', run.id)
				.execute();
			return { due, newEvents };
		});
	};
}
