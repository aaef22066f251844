import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../database/tables';

/** What happened in a workspace in each part of a time. */
export interface ActivityTrend {
	/** From the oldest to the newest, without gaps: nothing is a part with zeros. */
	readonly parts: readonly TrendPart[];
	/** How long the newest deliveries took from the event to the workflow's answer; undefined where none ended. */
	readonly took: { readonly medianMs: number; readonly p95Ms: number } | undefined;
	/** Whether there was more than could be counted, so that the oldest parts may say too little. */
	readonly isCut: boolean;
}

export interface TrendPart {
	/** Epoch milliseconds. */
	readonly from: number;
	readonly events: number;
	readonly delivered: number;
	readonly failed: number;
	/** Of the deliveries that ended in it and are among the newest; undefined where none is. */
	readonly took?: { readonly medianMs: number; readonly p95Ms: number } | undefined;
}

/** Reads what happened in a time, in parts of equal length. Times are epoch milliseconds. */
export type ReadTrend = (workspaceId: string, range: TrendSpan) => Promise<ActivityTrend>;

export interface TrendSpan {
	readonly since: number;
	readonly until: number;
	readonly partMs: number;
	/** How many events, and how many deliveries, at most; default: 100,000. */
	readonly countedAtMost?: number;
}

/** A busy workspace's month must not hold up the ledger: both engines count so many in tens of milliseconds. */
const COUNTED_AT_MOST = 100_000;

/** Of the newest, for the time that they took. */
const TIMED_AT_MOST = 1_000;

export function createReadTrend(db: Kysely<Tables>): ReadTrend {
	return async (workspaceId, { since, until, partMs, countedAtMost = COUNTED_AT_MOST }) => {
		const part = (column: string) => sql<number>`${sql.ref(column)} / ${sql.lit(partMs)}`;
		const [events, deliveries, timed] = await Promise.all([
			db
				.selectFrom(
					db
						.selectFrom('events')
						.select('received_at')
						.where('workspace_id', '=', workspaceId)
						.where('received_at', '>=', since)
						.orderBy('received_at', 'desc')
						.limit(countedAtMost)
						.as('newest'),
				)
				.select((e) => [part('received_at').as('part'), e.fn.countAll<number>().as('count')])
				.groupBy(part('received_at'))
				.execute(),
			db
				.selectFrom(
					db
						.selectFrom('deliveries')
						.select(['finished_at', 'status'])
						.where('workspace_id', '=', workspaceId)
						.where('finished_at', '>=', since)
						.orderBy('finished_at', 'desc')
						.limit(countedAtMost)
						.as('newest'),
				)
				.select((e) => [
					'status',
					part('finished_at').as('part'),
					e.fn.countAll<number>().as('count'),
				])
				.groupBy(['status', part('finished_at')])
				.execute(),
			db
				.selectFrom('deliveries')
				.select(['created_at', 'finished_at'])
				.where('workspace_id', '=', workspaceId)
				.where('finished_at', '>=', since)
				.where('status', '=', 'delivered')
				.where('replay_of', 'is', null)
				.orderBy('finished_at', 'desc')
				.limit(TIMED_AT_MOST)
				.execute(),
		]);
		const partOf = (at: number | null) => Math.floor(Number(at) / partMs);
		const ofPart = (number: number) => {
			const sum = (rows: readonly { part: number; count: number }[]) =>
				rows
					.filter((row) => Number(row.part) === number)
					.reduce((total, { count }) => total + Number(count), 0);
			return {
				from: number * partMs,
				events: sum(events),
				delivered: sum(deliveries.filter(({ status }) => status === 'delivered')),
				failed: sum(deliveries.filter(({ status }) => status === 'dead')),
				took: quantiles(durations(timed.filter((row) => partOf(row.finished_at) === number))),
			};
		};
		const first = Math.floor(since / partMs);
		const last = Math.floor(until / partMs);
		const parts = Array.from({ length: last - first + 1 }, (_, index) => ofPart(first + index));
		const counted = (rows: readonly { count: number }[]) =>
			rows.reduce((total, { count }) => total + Number(count), 0);
		return {
			parts,
			took: quantiles(durations(timed)),
			isCut: [events, deliveries].some((rows) => counted(rows) >= countedAtMost),
		};
	};
}

function durations(
	rows: readonly { readonly created_at: number; readonly finished_at: number | null }[],
): readonly number[] {
	return rows.map((row) => Number(row.finished_at) - Number(row.created_at));
}

function quantiles(durations: readonly number[]): ActivityTrend['took'] {
	if (durations.length === 0) return undefined;
	const sorted = durations.toSorted((a, b) => a - b);
	const at = (share: number) =>
		sorted.at(Math.min(-1, Math.floor(share * sorted.length) - sorted.length)) ?? 0;
	return { medianMs: at(0.5), p95Ms: at(0.95) };
}
