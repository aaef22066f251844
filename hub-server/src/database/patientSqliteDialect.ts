import { setTimeout as delay } from 'node:timers/promises';
import type SqliteFile from 'better-sqlite3';
import {
	CompiledQuery,
	SqliteAdapter,
	SqliteDialect,
	SqliteDriver,
	type DatabaseConnection,
	type QueryResult,
	type SqliteDatabase,
} from 'kysely';
import { LedgerLockedError } from '../errors/ledgerErrors';
import { cachedStatements } from './cachedStatements';

export interface PatientSqliteOptions {
	/** How long a write waits for another process's, in milliseconds. */
	readonly waitMs: number;
	/** Between two tries. Default: 10. */
	readonly pauseMs?: number;
	/** Milliseconds that no clock change moves. Default: `performance.now`. */
	readonly elapsed?: () => number;
}

/**
 * SQLite's file for a process that has more to do than to wait: SQLite waits for a lock by sleeping, and
 * the event loop with it, so it is told not to wait at all, and what finds the file locked is tried again
 * after a pause. Readers pass meanwhile: in WAL mode no lock of another process holds them up.
 *
 * Every transaction begins as a writer: a deferred one that turns into a writer half-way fails at once
 * when another process wrote in between. One transaction is open at a time, and nothing else runs in it.
 *
 * @throws LedgerLockedError when the lock is still there after `waitMs`
 */
export class PatientSqliteDialect extends SqliteDialect {
	readonly #file: SqliteFile.Database;
	readonly #options: PatientSqliteOptions;

	constructor(file: SqliteFile.Database, options: PatientSqliteOptions) {
		super({ database: file });
		this.#file = file;
		this.#options = options;
	}

	override createDriver(): SqliteDriver {
		return new PatientSqliteDriver(this.#file, this.#options);
	}

	/** Kysely lends each query a connection at once; whose turn it is on the file is settled here. */
	override createAdapter(): SqliteAdapter {
		return new TurnsOfItsOwn();
	}
}

class TurnsOfItsOwn extends SqliteAdapter {
	override get supportsMultipleConnections(): boolean {
		return true;
	}
}

class PatientSqliteDriver extends SqliteDriver {
	readonly #turns: Turns;

	constructor(file: SqliteFile.Database, options: PatientSqliteOptions) {
		const statements = cachedStatements(file);
		super({ database: statements });
		file.pragma('busy_timeout = 0');
		this.#turns = new Turns(file, statements, options);
	}

	override async acquireConnection(): Promise<DatabaseConnection> {
		return new SqliteVisit(this.#turns);
	}

	override async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteVisit).begin();
	}

	override async commitTransaction(connection: DatabaseConnection): Promise<void> {
		(connection as SqliteVisit).commit();
	}

	override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		(connection as SqliteVisit).rollback();
	}
}

/** The file, and who may use it now. */
class Turns {
	readonly #file: SqliteFile.Database;
	readonly #statements: SqliteDatabase;
	readonly #waitMs: number;
	readonly #pauseMs: number;
	readonly #elapsed: () => number;
	readonly #queue: Array<() => void> = [];
	#isTaken = false;

	constructor(
		file: SqliteFile.Database,
		statements: SqliteDatabase,
		{ waitMs, pauseMs = 10, elapsed = () => performance.now() }: PatientSqliteOptions,
	) {
		this.#file = file;
		this.#statements = statements;
		this.#waitMs = waitMs;
		this.#pauseMs = pauseMs;
		this.#elapsed = elapsed;
	}

	/** Whoever takes the turn keeps it until `leave`, and is let out of the wait in the order of asking. */
	async #enter(): Promise<void> {
		if (!this.#isTaken) this.#isTaken = true;
		else await new Promise<void>((resolve) => this.#queue.push(resolve));
	}

	leave(): void {
		const next = this.#queue.shift();
		if (next === undefined) this.#isTaken = false;
		else next();
	}

	/** Takes the turn and runs the query; keeps the turn where it succeeds. */
	async enterWith<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		const since = this.#elapsed();
		for (;;) {
			await this.#enter();
			try {
				return this.run<Row>(query);
			} catch (cause) {
				this.leave();
				if (!isBusy(cause)) throw cause;
				if (this.#elapsed() - since >= this.#waitMs) {
					throw new LedgerLockedError(this.#waitMs, { cause });
				}
			}
			await delay(this.#pauseMs);
		}
	}

	run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
		const statement = this.#statements.prepare(sql);
		if (statement.reader) return { rows: statement.all(parameters) as Row[] };
		const { changes, lastInsertRowid } = statement.run(parameters);
		return {
			insertId: BigInt(lastInsertRowid),
			numAffectedRows: BigInt(changes),
			rows: [],
		};
	}

	/** SQLite itself rolls back on some faults, such as a full disk. */
	rollback(): void {
		if (this.#file.inTransaction) this.run(ROLLBACK);
	}
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** What Kysely holds for one query, or for one transaction. */
class SqliteVisit implements DatabaseConnection {
	readonly #turns: Turns;
	#isInTransaction = false;

	constructor(turns: Turns) {
		this.#turns = turns;
	}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		if (this.#isInTransaction) return this.#turns.run<Row>(query);
		const result = await this.#turns.enterWith<Row>(query);
		this.#turns.leave();
		return result;
	}

	async begin(): Promise<void> {
		await this.#turns.enterWith(BEGIN);
		this.#isInTransaction = true;
	}

	/** Where it fails the transaction is still open: a rollback follows. */
	commit(): void {
		this.#turns.run(COMMIT);
		this.#end();
	}

	rollback(): void {
		try {
			this.#turns.rollback();
		} finally {
			this.#end();
		}
	}

	#end(): void {
		this.#isInTransaction = false;
		this.#turns.leave();
	}

	streamQuery(): never {
		throw new Error('The ledger is read whole, or by pages: rows are not streamed.');
	}
}

function isBusy(cause: unknown): boolean {
	const { code } = cause as { readonly code?: unknown };
	return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}
