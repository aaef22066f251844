import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../hub-server/src/database/tables';

/** Every table of a ledger, as its engine lists them. */
export async function tableNames(db: Kysely<Tables>): Promise<readonly string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	return tables
		.filter(({ isView }) => !isView)
		.map(({ name }) => name)
		.sort();
}

/** Where a text stands, in whatever column of whatever table: `events.record`. */
export async function whereTextIsKept(
	db: Kysely<Tables>,
	text: string,
): Promise<readonly string[]> {
	const found = new Set<string>();
	for (const table of await tableNames(db)) {
		const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
			db,
		);
		for (const row of rows) {
			for (const [column, value] of Object.entries(row)) {
				const kept = Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
				if (kept.includes(text)) found.add(`${table}.${column}`);
			}
		}
	}
	return [...found].sort();
}
