import { sql, type Kysely, type RawBuilder } from 'kysely';
import { inChunks } from '../../database/inChunks';
import type { Tables } from '../../database/tables';
import { freshPace, type OrgPace, type PaceLimits } from './orgPace';
import type { PaceStore } from './PaceStore';

/** A waiting call learns this late that another hub's call has ended. */
const POLL_MS = 100;

/**
 * For all hubs on one PostgreSQL ledger: a row per organisation, changed by compare-and-swap. At 60
 * calls a minute a row sees few writers; an unlogged table makes a write cost no fsync. The times are
 * PostgreSQL's, which every hub reads with the row.
 *
 * @param time an expression for the present, in epoch milliseconds; tests move it
 */
export function createPostgresPaceStore(
	db: Kysely<Tables>,
	limits: PaceLimits,
	time: () => RawBuilder<number> = databaseTime,
): PaceStore {
	/** At least one row: the time is read with the paces, or without any. */
	async function read(orgs: readonly string[]) {
		return db
			.selectFrom(db.selectNoFrom(time().as('now')).as('t'))
			.leftJoin('org_paces as p', (join) => join.on('p.org', 'in', [...orgs]))
			.select(['t.now', 'p.org', 'p.pace', 'p.version'])
			.execute();
	}

	async function swap(org: string, seen: number | undefined, next: OrgPace): Promise<boolean> {
		const pace = JSON.stringify(next);
		if (seen === undefined) {
			const inserted = await db
				.insertInto('org_paces')
				.values({ org, pace, version: 1 })
				.onConflict((conflict) => conflict.column('org').doNothing())
				.executeTakeFirst();
			return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
		}
		const { numUpdatedRows } = await db
			.updateTable('org_paces')
			.set({ pace, version: seen + 1 })
			.where('org', '=', org)
			.where('version', '=', seen)
			.executeTakeFirst();
		return numUpdatedRows > 0n;
	}

	return {
		pollMs: POLL_MS,
		async read(orgs) {
			const paces = new Map<string, OrgPace>();
			let now = 0;
			for (const chunk of inChunks(orgs)) {
				for (const row of await read(chunk)) {
					now = row.now;
					if (row.org !== null) paces.set(row.org, parsePace(row.pace, limits));
				}
			}
			return { paces, now };
		},
		async update(org, change) {
			for (;;) {
				const [row] = await read([org]);
				const { pace, answer } = change(parsePace(row?.pace ?? null, limits), row?.now ?? 0);
				if (pace === undefined || (await swap(org, row?.version ?? undefined, pace))) return answer;
			}
		},
	};
}

const databaseTime = () =>
	sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;

function parsePace(pace: string | null, limits: PaceLimits): OrgPace {
	return pace === null ? freshPace(limits) : (JSON.parse(pace) as OrgPace);
}
