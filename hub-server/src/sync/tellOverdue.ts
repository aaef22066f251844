import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { appendEvents } from '../events/appendEvents';
import { holdRecords } from '../records/holdRecords';
import type { RecordSealOf } from '../records/recordSeals';
import { findStates } from '../records/recordStates';
import type { Ring } from '../work/Doorbell';
import { addDays } from './addDays';
import { dayInZone } from './dayInZone';
import { latestOverdueDueDay } from './latestOverdueDueDay';
import { findOverdueMark, moveOverdueMark } from './overdueMarks';
import { startOfDayInZone } from './startOfDayInZone';
import type { ClaimedStream } from './Stream';
import { holdOn } from './storeSlice';
import { syncEvent } from './syncEvent';

/** What is looked for in one slice. */
export interface OverdueSlice {
	/** By how many days. */
	readonly days: number;
	/** Since when somebody wants to know, epoch milliseconds: what was so before is not told. */
	readonly since: number;
	/** The moment up to which is looked, epoch milliseconds: the same for all slices of a look. */
	readonly at: number;
	/** IANA name of the organisation's time zone. */
	readonly zone: string;
	/** The id that was told last; empty at the beginning. */
	readonly after: string;
	/** Records, at most. */
	readonly limit: number;
}

/**
 * Tells what has become overdue by so many days since it was looked last: because a day has passed, or because it
 * was approved, reopened or given another due date only then. Never what was so at the baseline. What is told is
 * known by record, due date and days, so that telling a slice twice is telling it once.
 *
 * One transaction under the stream's lease; the last slice writes down up to when was looked.
 *
 * @returns `next`: where the next slice begins; undefined after the last
 * @throws StreamLostError when the lease is another's: nothing was stored
 */
export type TellOverdue = (
	claimed: ClaimedStream,
	slice: OverdueSlice,
) => Promise<{ readonly due: readonly Ring[]; readonly next: string | undefined }>;

/** A read that began before the last look may have been written down after it. */
const STRAGGLERS_MS = 10 * 60_000;

export function createTellOverdue(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly recordSealOf: RecordSealOf;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly leaseMs: number;
	readonly now: Clock;
}): TellOverdue {
	const { db, engine, recordSealOf, apiUrl, leaseMs, now } = deps;

	return async function tellOverdue(claimed, slice) {
		const { stream, states: place } = claimed;
		const { days, zone, limit } = slice;
		const seal = await recordSealOf(stream.workspaceId);
		return db.transaction().execute(async (tx) => {
			await holdRecords(tx, engine, [stream]);
			await holdOn(tx, claimed, now() + leaseMs);
			const found = await findOverdue(tx, engine, claimed, slice);
			const states = await findStates(tx, place, found);
			const events = found.flatMap((id) => {
				const { due = null, record: sealed = null } = states.get(id) ?? {};
				if (due === null) return [];
				const where = { tenantId: stream.tenantId, entity: place.entity, id };
				const finding = {
					change: 'updated' as const,
					resourceId: id,
					eventDateUtc: `overdue ${due.day} ${days}`,
					occurredAt: startOfDayInZone(zone, addDays(due.day, days)),
					found: {
						record: sealed === null ? undefined : seal.open(sealed, where),
						version: null,
						difference: null,
						types: [`${due.entity}.overdue`],
					},
					data: { dueDate: due.day, overdueDays: days },
				};
				return [syncEvent(stream, finding, { apiUrl, at: now() })];
			});
			const { due } = await appendEvents(tx, engine, events, now());
			const next = found.length === limit ? found.at(-1) : undefined;
			if (next === undefined) {
				await moveOverdueMark(tx, stream.id, days, {
					at: slice.at,
					day: dayInZone(zone, slice.at),
				});
			}
			return { due, next };
		});
	};
}

/** The ids of what has become overdue since it was looked last, in their order. */
async function findOverdue(
	tx: Transaction<Tables>,
	engine: Engine,
	{ stream, states: place }: ClaimedStream,
	{ days, since, at, zone, after, limit }: OverdueSlice,
): Promise<readonly string[]> {
	const mark = await findOverdueMark(tx, stream.id, days);
	if (mark === undefined || stream.baselineAt === null) return [];
	const begin = Math.max(since, stream.baselineAt);
	const seenAt = Math.max(mark.at, begin);
	// As it was then: the organisation may have moved to another time zone since.
	const seenDay = seenAt === mark.at ? mark.day : null;
	const before = latestOverdueDueDay(seenDay ?? dayInZone(zone, seenAt), days);
	const floor = Math.max(seenAt - STRAGGLERS_MS, begin);
	const byDay = await lookUp(sql`due_day > ${before}`, 'record_states_due');
	const bySince = await lookUp(sql`due_since > ${floor}`, 'record_states_due_since');
	const ids = new Set([...byDay, ...bySince].map(({ id }) => id));
	return [...ids].sort().slice(0, limit);

	/** By its index: in the order of the ids SQLite would read every record that is known. */
	async function lookUp(condition: RawBuilder<unknown>, index: string) {
		const by = engine === 'sqlite' ? sql`indexed by ${sql.ref(index)}` : sql``;
		const { rows } = await sql<{ readonly id: string }>`
			select xero_id as id from record_states ${by}
			where workspace_id = ${place.workspaceId} and tenant_id = ${place.tenantId}
				and entity = ${place.entity} and epoch = ${place.epoch} and deleted_at is null
				and due_day <= ${latestOverdueDueDay(dayInZone(zone, at), days)}
				and xero_id > ${after} and ${condition}
			order by xero_id limit ${limit}`.execute(tx);
		return rows;
	}
}
