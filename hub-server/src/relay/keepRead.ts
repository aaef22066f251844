import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { changeTypes, formerStanding } from '../events/changeTypes';
import type { StoredEvent } from '../events/StoredEvent';
import { foundRecord } from '../records/FoundRecord';
import { judgeRecord } from '../records/judgeRecord';
import { knownDue } from '../records/owedDue';
import { recordDifference, type RecordDifference } from '../records/recordDifference';
import type { RecordSeal, RecordSealOf } from '../records/recordSeals';
import { epochOf, findStates, saveStates, type ToldVersion } from '../records/recordStates';
import { entityOfCategory } from '../records/xeroEntities';
import type { ClaimedEvent } from './recordLedger';

/** What the hub knows of the change of an event, once its record was read. */
export interface ReadChange {
	/** Xero's time of the change. */
	readonly version: number | null;
	/** The event that had told it before. */
	readonly sameAs: string | null;
	/** Null where no former state was known. */
	readonly difference: RecordDifference | null;
	/** As a stored event has them. */
	readonly types: StoredEvent['types'];
}

/** Keeps one record that was read for an event; undefined where its organisation keeps none. */
export type KeepOne = (
	tx: Transaction<Tables>,
	event: ClaimedEvent,
	record: Readonly<Record<string, unknown>>,
	at: number,
) => Promise<ReadChange | undefined>;

/** Gets ready, outside of the transaction, to keep what was read for some events. */
export type KeepRead = (
	outcomes: ReadonlyArray<{ readonly event: Pick<ClaimedEvent, 'workspaceId'> }>,
) => Promise<KeepOne>;

/**
 * Keeps the records that webhooks made the hub read, beside those that a sync reads: where an organisation has
 * its sync on. A read by id has another shape than the list, so it leaves no hash behind.
 */
export function createKeepRead(deps: {
	readonly recordSealOf: RecordSealOf;
	/** Whether copies of records are kept, or their versions only. */
	readonly keepsRecords: boolean;
}): KeepRead {
	const { recordSealOf, keepsRecords } = deps;

	return async function keepRead(outcomes) {
		const seals = new Map<string, RecordSeal>();
		for (const { event } of outcomes) {
			const { workspaceId } = event;
			if (!seals.has(workspaceId)) seals.set(workspaceId, await recordSealOf(workspaceId));
		}

		return async function keepOne(tx, event, record, at) {
			const { workspaceId, tenantId, category } = event;
			const entity = entityOfCategory(category);
			const seal = seals.get(workspaceId);
			const found = entity && foundRecord(record, entity, 'other');
			if (entity === undefined || seal === undefined || found === undefined) return undefined;
			const connection = await tx
				.selectFrom('connections as c')
				.leftJoin('sync_streams as s', (join) =>
					join.onRef('s.connection_id', '=', 'c.id').on('s.entity', '=', entity.entity),
				)
				.select(['c.id', 'c.record_epoch', 'c.sync_enabled', 's.baseline_at'])
				.where('c.workspace_id', '=', workspaceId)
				.where('c.tenant_id', '=', tenantId)
				.executeTakeFirst();
			if (connection === undefined || connection.sync_enabled === 0) return undefined;

			const place = { workspaceId, tenantId, entity: entity.entity, epoch: epochOf(connection) };
			const where = { tenantId, entity: entity.entity, id: found.id };
			const known = (await findStates(tx, place, [found.id])).get(found.id);
			const judgement = judgeRecord(known, found);
			const version = found.updatedAt;
			if (!('version' in judgement)) {
				const told = known?.told ?? null;
				const isTold = told !== null && version !== null && told.at === version;
				return {
					version,
					sameAs: isTold ? told.eventId : null,
					difference: null,
					types: changeTypes(event, record, 'unknown'),
				};
			}
			const old = known?.record && !known.isDeleted ? seal.open(known.record, where) : null;
			await saveStates(tx, place, [
				{
					id: found.id,
					version: judgement.version,
					updatedAt: version,
					hash: null,
					standing: found.standing,
					due: knownDue(found.due, known?.due, at),
					record: keepsRecords ? seal.seal(record, where) : null,
					bytes: Buffer.byteLength(JSON.stringify(record)),
					sweptIn: known?.sweptIn ?? null,
					told: toldNow(event.id, version, known?.told ?? null),
					isDeleted: false,
					deletedAt: null,
					firstSeenAt: known?.firstSeenAt ?? at,
					seenAt: at,
				},
			]);
			const knowsAll = event.change === 'created' || connection.baseline_at !== null;
			const isSameShape = known?.hash === null;
			return {
				version,
				sameAs: null,
				difference: old === null ? null : recordDifference(old, record, isSameShape),
				types: changeTypes(event, record, formerStanding(known, knowsAll)),
			};
		};
	};
}

/**
 * The event that tells the version which it made the hub read: another webhook that finds the same version tells
 * nothing new. What a sync has told stays until its own webhook has come.
 */
function toldNow(
	eventId: string,
	version: number | null,
	before: ToldVersion | null,
): ToldVersion | null {
	if (version === null || before?.isOpen === true) return before;
	return { eventId, at: version, isOpen: false };
}
