import { sql, type Kysely, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { appendEvents } from '../events/appendEvents';
import { changeTypes, formerStanding } from '../events/changeTypes';
import type { StoredEvent } from '../events/StoredEvent';
import { hasToldVersion, TELLING_TOLERANCE_MS } from '../events/sameChange';
import type { FoundRecord } from '../records/FoundRecord';
import { holdRecords } from '../records/holdRecords';
import { judgeRecord, type Judgement } from '../records/judgeRecord';
import { knownDue } from '../records/owedDue';
import { recordDifference, type RecordDifference } from '../records/recordDifference';
import type { RecordSeal } from '../records/recordSeals';
import { findStates, saveStates, type RecordState } from '../records/recordStates';
import { LEASE } from '../work/lease';
import type { Ring } from '../work/Doorbell';
import { isFullRead } from './isFullRead';
import { judgeMissed } from './judgeMissed';
import type { ClaimedStream } from './Stream';
import { syncEvent } from './syncEvent';

/** Rows of a transaction: as many as keep it short. */
export const ROWS_A_SLICE = 100;

/** Another process has taken the stream over, or it was switched off or disconnected: nothing more is stored. */
export class StreamLostError extends Error {}

export interface SliceStored {
	readonly due: readonly Ring[];
	/** Records that were not known, or not in this version. */
	readonly changed: number;
	readonly newEvents: number;
}

/**
 * Keeps up to {@link ROWS_A_SLICE} records as they were found, and tells what changed, in one transaction
 * under the stream's lease. Told is what no webhook has told; a baseline tells nothing. To store a slice
 * twice is to store it once. Whoever calls rings the doorbell.
 *
 * @throws StreamLostError when the lease is another's: nothing was stored
 */
export type StoreSlice = (
	claimed: ClaimedStream,
	records: readonly FoundRecord[],
) => Promise<SliceStored>;

export interface StoreSliceDeps {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly recordSealOf: (workspaceId: string) => Promise<RecordSeal>;
	/** Whether copies of records are kept, or their hashes only. */
	readonly keepsRecords: boolean;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly leaseMs: number;
	readonly now: Clock;
}

export function createStoreSlice(deps: StoreSliceDeps): StoreSlice {
	const { db, engine, keepsRecords, apiUrl, leaseMs, now } = deps;

	return async function storeSlice(claimed, records) {
		const { stream, run, states: place, repair } = claimed;
		const { entity } = stream;
		const seal = await deps.recordSealOf(stream.workspaceId);
		const at = now();
		const where = (id: string) => ({ tenantId: stream.tenantId, entity: entity.entity, id });
		const tells = !run.isBaseline || stream.tellExisting;

		return db.transaction().execute(async (tx) => {
			await holdRecords(tx, engine, [stream]);
			await holdOn(tx, claimed, at + leaseMs);
			const found = latestOfEach(records).filter(
				// Whatever Xero lists: what changed before a gap began is not told by its repair.
				({ updatedAt }) => repair === undefined || (updatedAt ?? 0) >= repair.since,
			);
			const known = await findStates(
				tx,
				place,
				found.map(({ id }) => id),
			);
			const judged = found.map((record): Judged => {
				const before = known.get(record.id);
				const { judgement, isFirstSight } =
					repair === undefined
						? { judgement: judgeRecord(before, record), isFirstSight: false }
						: judgeMissed(before, record, { ...stream, ...repair });
				return { record, before, judgement, isFirstSight };
			});
			const news = judged.filter(isNews);
			const knowsAll = !run.isBaseline && (repair === undefined || stream.baselineAt !== null);
			const differenceOf = ({ record, before }: Judged): RecordDifference | null => {
				if (!before?.record || before.isDeleted) return null;
				const old = seal.open(before.record, where(record.id));
				return recordDifference(old, record.record, before.hash !== null);
			};
			const typesOf = ({ record, before }: News, change: StoredEvent['change']) =>
				changeTypes(
					{ category: entity.category, change },
					record.record,
					formerStanding(before, knowsAll),
				);
			const told = tells
				? await toldByWebhook(tx, claimed, news, { differenceOf, typesOf })
				: new Set<string>();
			const untold = tells ? news.filter(({ record }) => !told.has(record.id)) : [];
			const toldBefore = await withEarlierEvents(
				tx,
				stream,
				untold.filter(({ isFirstSight }) => isFirstSight),
			);
			const events = untold.map(toEvent);
			const eventIds = new Map(events.map((event) => [event.resourceId, event.id]));

			function toEvent(one: News) {
				const { record, judgement } = one;
				const types = typesOf(one, judgement.kind);
				const couldBeNew = one.isFirstSight && !toldBefore.has(record.id);
				return syncEvent(
					stream,
					{
						change: judgement.kind,
						resourceId: record.id,
						// What Xero gives no time comes back: archived, restored, archived.
						eventDateUtc: isTimed(one) ? judgement.version : `${judgement.version} ${run.id}`,
						occurredAt: record.updatedAt ?? at,
						found: {
							record: record.record,
							version: record.updatedAt,
							difference: differenceOf(one),
							types: couldBeNew ? orCreated(types) : types,
						},
					},
					{ apiUrl, at },
				);
			}

			const { due, newEvents } = await appendEvents(tx, engine, events, at);
			await saveStates(
				tx,
				place,
				judged.filter(isWritten).map(({ record, before, judgement }): RecordState => {
					const eventId = eventIds.get(record.id);
					return {
						id: record.id,
						version: isChange(judgement) ? judgement.version : (before?.version ?? ''),
						updatedAt: record.updatedAt,
						hash: record.hash,
						standing: record.standing,
						due: knownDue(record.due, before?.due, isChange(judgement) ? at : null),
						record:
							keepsRecords && keepsCopyOf({ before, knowsAll, repair })
								? seal.seal(record.record, where(record.id))
								: null,
						bytes: Buffer.byteLength(JSON.stringify(record.record)),
						sweptIn: run.id,
						told:
							eventId === undefined
								? (before?.told ?? null)
								: { eventId, at: record.updatedAt, isOpen: record.updatedAt !== null },
						isDeleted: false,
						deletedAt: null,
						firstSeenAt: before?.firstSeenAt ?? at,
						seenAt: at,
					};
				}),
			);
			if (isFullRead(claimed))
				await markSeen(
					tx,
					claimed,
					judged.filter((one) => !isWritten(one)).map(({ record }) => record.id),
					at,
				);
			await countIn(tx, claimed, {
				seen: found.length,
				changed: news.length,
				told: newEvents,
			});
			return { due, changed: news.length, newEvents };
		});
	};
}

interface Judged {
	readonly record: FoundRecord;
	readonly before: RecordState | undefined;
	readonly judgement: Judgement;
	/** As `judgeMissed` says it. */
	readonly isFirstSight: boolean;
}

type Change = Extract<Judgement, { readonly version: string }>;

type News = Judged & { readonly judgement: Change };

function isChange(judgement: Judgement): judgement is Change {
	return judgement.kind === 'created' || judgement.kind === 'updated';
}

function isNews(judged: Judged): judged is News {
	return isChange(judged.judgement);
}

/** Whether Xero's time of change tells it from the change before. */
function isTimed({ record, before, isFirstSight }: Judged): boolean {
	return record.updatedAt !== null && (record.updatedAt !== before?.updatedAt || isFirstSight);
}

/** What a webhook's read, or an earlier version of the hub, has left in another shape is brought into the list's. */
function isWritten({ record, judgement, before }: Judged): boolean {
	if (isChange(judgement)) return true;
	const isOther = before?.hash === null || before?.due?.day !== record.due?.day;
	return judgement.kind === 'same' && isOther;
}

/** @throws StreamLostError */
export async function holdOn(
	tx: Transaction<Tables>,
	{ stream, run, leaseId, repair }: ClaimedStream,
	until: number,
): Promise<void> {
	if (repair !== undefined) {
		const isHeld = await tx
			.updateTable('gap_repairs')
			.set({ lease_until: until, next_at: until })
			.where('id', '=', repair.id)
			.where('finished_at', 'is', null)
			.where(LEASE.isHeldBy(leaseId))
			.returning('id')
			.executeTakeFirst();
		if (isHeld === undefined) throw new StreamLostError();
		return;
	}
	const held = await tx
		.updateTable('sync_streams')
		.set({ lease_until: until, next_at: until })
		.where('id', '=', stream.id)
		.where('run_id', '=', run.id)
		.where(LEASE.isHeldBy(leaseId))
		// A removed connection leaves its streams to the purge, which passes each state once.
		.where((e) =>
			e.exists(
				e
					.selectFrom('connections as c')
					.select('c.id')
					.whereRef('c.id', '=', 'sync_streams.connection_id'),
			),
		)
		.returning('id')
		.executeTakeFirst();
	if (held === undefined) throw new StreamLostError();
}

/** What a run has come to so far. */
async function countIn(
	tx: Transaction<Tables>,
	{ run, repair }: ClaimedStream,
	{ seen, changed, told }: Readonly<Record<'seen' | 'changed' | 'told', number>>,
): Promise<void> {
	if (repair !== undefined) {
		await tx
			.updateTable('gap_repairs')
			.set((e) => ({ seen: e('seen', '+', seen), told: e('told', '+', told) }))
			.where('id', '=', repair.id)
			.execute();
		return;
	}
	await tx
		.updateTable('sync_runs')
		.set((e) => ({ seen: e('seen', '+', seen), changed: e('changed', '+', changed) }))
		.where('id', '=', run.id)
		.execute();
}

/** A repair makes no copies where nothing else does. */
function keepsCopyOf({
	before,
	knowsAll,
	repair,
}: Pick<Judged, 'before'> & Pick<ClaimedStream, 'repair'> & { readonly knowsAll: boolean }) {
	return repair === undefined || knowsAll || (before !== undefined && before.record !== null);
}

/** The ids of those of which an event tells an earlier change: they are not new. */
async function withEarlierEvents(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, entity }: ClaimedStream['stream'],
	news: readonly News[],
): Promise<ReadonlySet<string>> {
	if (news.length === 0) return new Set();
	const changedAt = new Map(news.map(({ record: { id, updatedAt } }) => [id, updatedAt ?? 0]));
	const rows = await tx
		.selectFrom('events')
		.select(['resource_id as id'])
		.select((e) => e.fn.min('occurred_at').as('firstAt'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('category', '=', entity.category)
		.where('resource_id', 'in', [...changedAt.keys()])
		.groupBy('resource_id')
		.execute();
	return new Set(
		rows
			.filter(
				({ id, firstAt }) => Number(firstAt) < (changedAt.get(id) ?? 0) - TELLING_TOLERANCE_MS,
			)
			.map(({ id }) => id),
	);
}

/** Where nothing shows whether it made the record, those who ask for new ones get it too: rather that than silence. */
function orCreated(types: StoredEvent['types']): StoredEvent['types'] {
	const plain = types.at(-1);
	if (plain === undefined) return types;
	const entity = plain.slice(0, plain.lastIndexOf('.'));
	return [...types.slice(0, -1), `${entity}.created`, plain];
}

/** A list that changes meanwhile can name a record twice. */
function latestOfEach(records: readonly FoundRecord[]): readonly FoundRecord[] {
	const latest = new Map<string, FoundRecord>();
	for (const record of records) {
		const other = latest.get(record.id);
		if (other === undefined || (record.updatedAt ?? 0) >= (other.updatedAt ?? 0)) {
			latest.set(record.id, record);
		}
	}
	return [...latest.values()];
}

/**
 * The ids of those whose version a webhook has told, or a later one. Its event is of that version from now on,
 * so that it counts for no later one, and says what that changed.
 */
async function toldByWebhook(
	tx: Transaction<Tables>,
	{ stream }: ClaimedStream,
	news: readonly News[],
	found: {
		differenceOf(one: News): RecordDifference | null;
		typesOf(one: News, change: StoredEvent['change']): StoredEvent['types'];
	},
): Promise<ReadonlySet<string>> {
	const versions = new Map(
		// What changed without a time of change, no webhook tells.
		news
			.filter(isTimed)
			.flatMap(({ record: { id, updatedAt } }) =>
				updatedAt === null ? [] : [[id, updatedAt] as const],
			),
	);
	if (versions.size === 0) return new Set();
	const events = await tx
		.selectFrom('events')
		.select(['id', 'resource_id', 'change', 'occurred_at as occurredAt', 'version'])
		.select('record_state')
		.where('workspace_id', '=', stream.workspaceId)
		.where('tenant_id', '=', stream.tenantId)
		.where('category', '=', stream.entity.category)
		.where('resource_id', 'in', [...versions.keys()])
		.where('source', '=', 'webhook')
		.where('same_as', 'is', null)
		.where('occurred_at', '>=', Math.min(...versions.values()) - TELLING_TOLERANCE_MS)
		.orderBy('id')
		.execute();
	const telling = events.filter((event) =>
		hasToldVersion(event, versions.get(event.resource_id) ?? Infinity),
	);
	const unread = telling.filter(({ version }) => version === null);
	for (const one of news) {
		const own = unread.filter((event) => event.resource_id === one.record.id);
		if (own.length === 0) continue;
		// One of them tells what the record became: those who ask for it have it wait for its record.
		const teller = own.find((event) => event.record_state === 'needed') ?? own[0];
		const difference = found.differenceOf(one);
		for (const event of own) {
			await tx
				.updateTable('events')
				.set({
					version: one.record.updatedAt,
					...(event === teller && { types: JSON.stringify(found.typesOf(one, event.change)) }),
					...(difference && {
						previous: JSON.stringify(difference.previous),
						changed: JSON.stringify(difference.changed),
					}),
				})
				.where('id', '=', event.id)
				.execute();
		}
	}
	return new Set(telling.map((event) => event.resource_id));
}

/** @param ids of records that are as they were */
async function markSeen(
	tx: Transaction<Tables>,
	{ states: place, run }: ClaimedStream,
	ids: readonly string[],
	at: number,
): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.updateTable('record_states')
		.set({ swept_in: run.id, seen_at: at })
		.where('workspace_id', '=', place.workspaceId)
		.where('tenant_id', '=', place.tenantId)
		.where('entity', '=', place.entity)
		.where('xero_id', 'in', [...ids])
		// A page that is read again writes nothing.
		.where(sql<boolean>`(swept_in is null or swept_in <> ${run.id})`)
		.execute();
}
