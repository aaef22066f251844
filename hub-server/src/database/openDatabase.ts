import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Clock } from '../clock';
import type { Engine } from './engine';
import { ledgerFile } from './ledgerFile';
import { keepPrivate } from './keepPrivate';
import { makeFolder } from './makeFolder';
import { migrateToLatest } from './migrateToLatest';
import { PatientSqliteDialect } from './patientSqliteDialect';
import { refuseNetworkFileSystem } from './refuseNetworkFileSystem';
import type { Tables } from './tables';

export interface Database {
	readonly engine: Engine;
	readonly db: Kysely<Tables>;
	close(): Promise<void>;
}

export interface DatabaseLocation {
	/** Used when `databaseUrl` is absent; created when missing. */
	readonly dataDir: string;
	/** `postgres://…`. */
	readonly databaseUrl?: string | undefined;
}

/** How long a write waits for another process's, in milliseconds: below the 3 s ack deadline. */
const LOCK_WAIT_MS = 2_000;

/** INT8: times and counts stay below 2^53, so numbers are safe. */
const PG_INT8 = 20;

/**
 * Opens the ledger and brings its schema up to date.
 *
 * SQLite runs in WAL mode with `synchronous=FULL`: better-sqlite3 is compiled with NORMAL for WAL,
 * which loses the last commits on power loss (8 fsyncs for 200 commits instead of 209).
 *
 * @param now what migrations write as the present
 */
export async function openDatabase(
	location: DatabaseLocation,
	now: Clock = Date.now,
): Promise<Database> {
	const database = connectDatabase(location);
	try {
		await migrateToLatest(database.db, database.engine, now);
		return database;
	} catch (cause) {
		await database.close();
		throw cause;
	}
}

/**
 * The ledger as it is, whatever its schema; a SQLite file is made when missing.
 *
 * @param connectTimeoutMs how long PostgreSQL may keep a new connection waiting; absent: as TCP has it
 */
export function connectDatabase(
	{ databaseUrl, dataDir }: DatabaseLocation,
	connectTimeoutMs?: number,
): Database {
	return databaseUrl ? openPostgres(databaseUrl, connectTimeoutMs) : openSqlite(dataDir);
}

function openSqlite(dataDir: string): Database {
	makeFolder(dataDir);
	refuseNetworkFileSystem(dataDir);
	// While it opens nobody else waits for this process, so SQLite may.
	keepPrivate(ledgerFile({ dataDir }));
	const file = new SqliteDatabase(ledgerFile({ dataDir }), { timeout: LOCK_WAIT_MS });
	file.pragma('journal_mode = WAL');
	file.pragma('synchronous = FULL');
	file.pragma('foreign_keys = ON');
	const dialect = new PatientSqliteDialect(file, { waitMs: LOCK_WAIT_MS });
	const db = new Kysely<Tables>({ dialect });
	return { engine: 'sqlite', db, close: () => db.destroy() };
}

function openPostgres(connectionString: string, connectTimeoutMs: number | undefined): Database {
	const types = new pg.TypeOverrides();
	types.setTypeParser(PG_INT8, Number);
	const pool = new pg.Pool({
		connectionString,
		types,
		max: 10,
		connectionTimeoutMillis: connectTimeoutMs,
	});
	// An idle client that loses its server must not end the process; the next query reconnects.
	pool.on('error', () => undefined);
	const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
	return { engine: 'postgres', db, close: () => db.destroy() };
}
