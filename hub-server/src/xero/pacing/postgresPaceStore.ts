import type { Kysely } from 'kysely';
import { inChunks } from '../../database/inChunks';
import type { Tables } from '../../database/tables';
import { freshPace, type OrgPace, type PaceLimits } from './orgPace';
import type { PaceStore } from './PaceStore';

/** A waiting call learns this late that another hub's call has ended. */
const POLL_MS = 100;

/**
 * For all hubs on one PostgreSQL ledger: a row per organisation, changed by compare-and-swap. At 60
 * calls a minute a row sees few writers; an unlogged table makes a write cost no fsync.
 */
export function createPostgresPaceStore(db: Kysely<Tables>, limits: PaceLimits): PaceStore {
	async function read(org: string) {
		return db.selectFrom('org_paces').selectAll().where('org', '=', org).executeTakeFirst();
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
			for (const chunk of inChunks(orgs)) {
				const rows = await db
					.selectFrom('org_paces')
					.select(['org', 'pace'])
					.where('org', 'in', chunk)
					.execute();
				for (const { org, pace } of rows) paces.set(org, JSON.parse(pace) as OrgPace);
			}
			return paces;
		},
		async update(org, change) {
			for (;;) {
				const row = await read(org);
				const known = row === undefined ? freshPace(limits) : (JSON.parse(row.pace) as OrgPace);
				const { pace, answer } = change(known);
				if (pace === undefined || (await swap(org, row?.version, pace))) return answer;
			}
		},
	};
}
