import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** More different statements than the hub has; what remains are lists of varying length. */
const MAX_STATEMENTS = 300;

/**
 * Prepares each statement once. better-sqlite3 compiles a function for the rows of every statement it
 * prepares, which costs more than running it; one that outlives a change of the schema adapts.
 */
export function cachedStatements(database: SqliteDatabase): SqliteDatabase {
	const statements = new Map<string, SqliteStatement>();
	return {
		prepare(sql) {
			const known = statements.get(sql);
			if (known !== undefined) {
				// The least recently used one stands first.
				statements.delete(sql);
				statements.set(sql, known);
				return known;
			}
			const [oldest] = statements.keys();
			if (oldest !== undefined && statements.size >= MAX_STATEMENTS) statements.delete(oldest);
			const statement = database.prepare(sql);
			statements.set(sql, statement);
			return statement;
		},
		close: () => database.close(),
	};
}
