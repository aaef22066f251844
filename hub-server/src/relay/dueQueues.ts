import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { BREAKER_THRESHOLD } from '../subscriptions/breaker';
import type { DueQueue } from './shareSlots';

/**
 * The active subscriptions to which something is due, those whose endpoint is paused and those that are
 * pulled from left out: one look-up in `deliveries_due_by_subscription` for each subscription, whatever waits. To be asked, as the
 * questions below, where `indexOnly` was said.
 *
 * @param at epoch milliseconds
 */
export async function findDueQueues(
	db: Kysely<Tables>,
	engine: Engine,
	at: number,
): Promise<readonly DueQueue[]> {
	const { rows } = await dueQueues(engine, at).execute(db);
	return rows.map((row) => ({
		id: row.id,
		workspaceId: row.workspaceId,
		isProbed: row.failures >= BREAKER_THRESHOLD,
	}));
}

/**
 * Locks the oldest of what is due to each subscription, by the same index; passes over what another
 * process has locked.
 *
 * @param shares how many of each
 * @param at epoch milliseconds
 * @returns ids of deliveries
 */
export async function takeDue(
	tx: Transaction<Tables>,
	engine: Engine,
	shares: ReadonlyMap<string, number>,
	at: number,
): Promise<string[]> {
	const { rows } = await oldestDue(engine, shares, at).execute(tx);
	return rows.map(({ id }) => id);
}

/** The question of `findDueQueues`; alone so that its plan can be looked at. */
export function dueQueues(engine: Engine, at: number) {
	return sql<{ id: string; workspaceId: string; failures: number }>`
		select s.id, s.workspace_id as "workspaceId", s.consecutive_failures as failures
		from subscriptions s
		where s.status = 'active' and s.delivery = 'push'
			and (s.paused_until is null or s.paused_until <= ${at})
			and ${hasMoreDueThan(engine, 0, at)}`;
}

/** The question of `takeDue`; alone so that its plan can be looked at. */
export function oldestDue(engine: Engine, shares: ReadonlyMap<string, number>, at: number) {
	const locked = engine === 'postgres' ? sql`for update skip locked` : sql``;
	const each = [...shares].map(
		([subscriptionId, count]) => sql`
			select id from (
				select d.id from deliveries d ${byDue(engine)}
				where d.subscription_id = ${subscriptionId} and ${isDue(at)}
				order by d.next_at, d.id limit ${count} ${locked}
			) due`,
	);
	return sql<{ id: string }>`${sql.join(each, sql` union all `)}`;
}

/**
 * Since when the oldest delivery that could go out now is due: to the subscriptions of `findDueQueues`, by the same look-ups.
 *
 * @param at epoch milliseconds
 * @returns undefined when none is
 */
export async function oldestDueAt(
	db: Kysely<Tables>,
	engine: Engine,
	at: number,
): Promise<number | undefined> {
	const { rows } = await sql<{ since: number | null }>`
		select min((
			select d.next_at from deliveries d ${byDue(engine)}
			where d.subscription_id = s.id and ${isDue(at)}
			order by d.next_at, d.id limit 1
		)) as since
		from subscriptions s
		where s.status = 'active' and s.delivery = 'push'
			and (s.paused_until is null or s.paused_until <= ${at})`.execute(db);
	return rows[0]?.since ?? undefined;
}

/** For a query over subscriptions under the name `s`. */
export function hasMoreDueThan(engine: Engine, count: number, at: number): RawBuilder<boolean> {
	return sql<boolean>`(
		select d.id from deliveries d ${byDue(engine)}
		where d.subscription_id = s.id and ${isDue(at)}
		order by d.next_at, d.id limit 1 offset ${count}
	) is not null`;
}

/** A lease stands in `next_at`; hubs of the version before this one leave it in its own column only. */
function isDue(at: number): RawBuilder<boolean> {
	return sql`d.status = 'pending' and d.next_at <= ${at}
		and (d.lease_until is null or d.lease_until <= ${at})`;
}

function byDue(engine: Engine): RawBuilder<unknown> {
	return engine === 'sqlite' ? sql`indexed by deliveries_due_by_subscription` : sql``;
}
