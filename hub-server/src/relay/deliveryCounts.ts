import { sql, type Kysely } from 'kysely';
import type { Engine } from '../database/engine';
import type { DeliveryStatus, Tables } from '../database/tables';

/** How many deliveries there are of each status, over all workspaces, without counting them. */
export interface DeliveryCounts {
	byStatus(): Promise<ReadonlyMap<DeliveryStatus, number>>;
	/** Sums up what writers added since; to be called now and then, or `byStatus` gets slow. */
	sumUp(): Promise<void>;
}

export function createDeliveryCounts(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
}): DeliveryCounts {
	const { db, engine } = deps;

	return {
		async byStatus() {
			const rows = await db
				.selectFrom('delivery_counts')
				.select(['status', (e) => e.fn.sum<number>('count').as('count')])
				.groupBy('status')
				.execute();
			return new Map(rows.map(({ status, count }) => [status, Number(count)]));
		},
		async sumUp() {
			// SQLite has one row for each status already.
			if (engine === 'sqlite') return;
			await sql`
				with gone as (delete from delivery_counts returning status, count)
				insert into delivery_counts (status, count)
				select status, sum(count) from gone group by status`.execute(db);
		},
	};
}
