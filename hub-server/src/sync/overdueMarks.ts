import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** Up to when it was looked what has become overdue. */
export interface OverdueMark {
	/** Epoch milliseconds. */
	readonly at: number;
	/** The organisation's day then; null before it was looked first. */
	readonly day: string | null;
}

/**
 * From now on somebody wants to know what becomes overdue by so many days. Where that was so already, it goes on
 * from what was looked at last.
 *
 * @param at epoch milliseconds
 */
export async function beginOverdueMark(
	db: Kysely<Tables>,
	streamId: string,
	{ days, at }: { readonly days: number; readonly at: number },
): Promise<void> {
	await db
		.insertInto('overdue_marks')
		.values({ stream_id: streamId, days, seen_at: at, seen_day: null })
		.onConflict((conflict) => conflict.columns(['stream_id', 'days']).doNothing())
		.execute();
}

/** Everything that was overdue by so many days then was looked at. */
export async function moveOverdueMark(
	db: Kysely<Tables>,
	streamId: string,
	days: number,
	{ at, day }: OverdueMark,
): Promise<void> {
	const seen = { seen_at: at, seen_day: day };
	await db
		.insertInto('overdue_marks')
		.values({ stream_id: streamId, days, ...seen })
		.onConflict((conflict) => conflict.columns(['stream_id', 'days']).doUpdateSet(seen))
		.execute();
}

/** Undefined where nobody has asked before. */
export async function findOverdueMark(
	db: Kysely<Tables>,
	streamId: string,
	days: number,
): Promise<OverdueMark | undefined> {
	return db
		.selectFrom('overdue_marks')
		.select(['seen_at as at', 'seen_day as day'])
		.where('stream_id', '=', streamId)
		.where('days', '=', days)
		.executeTakeFirst();
}

/** Whoever asks for other numbers of days later is told of what becomes so from then on. */
export async function keepOverdueMarks(
	db: Kysely<Tables>,
	streamId: string,
	asked: readonly number[],
): Promise<void> {
	await db
		.deleteFrom('overdue_marks')
		.where('stream_id', '=', streamId)
		.$if(asked.length > 0, (q) => q.where('days', 'not in', [...asked]))
		.execute();
}
