import { LedgerLockedError } from '../errors/ledgerErrors';

/**
 * Whether the ledger itself could not be used (busy, full, broken, out of reach), so that anything else
 * would have failed as well. What is left concerns what was to be written: its size, its characters.
 */
export function isLedgerFault(cause: unknown): boolean {
	if (cause instanceof LedgerLockedError) return true;
	const { code, message } = (cause ?? {}) as {
		readonly code?: unknown;
		readonly message?: unknown;
	};
	if (typeof code === 'string') {
		if (code.startsWith('SQLITE_') && !SQLITE_DATA.test(code)) return true;
		if (LOST_CONNECTION.test(code)) return true;
		if (SQLSTATE.test(code)) return POSTGRES_LEDGER.has(code.slice(0, 2));
	}
	return typeof message === 'string' && SAID.test(message);
}

const SQLITE_DATA = /^SQLITE_(?:TOOBIG|CONSTRAINT|MISMATCH|RANGE|ERROR)/;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Classes of SQLSTATE: connection, transaction state, rollback (deadlocks among them), resources, tables
 * and rights, object state, operator's intervention, system, internal.
 */
const POSTGRES_LEDGER = new Set(['08', '25', '40', '42', '53', '55', '57', '58', 'XX']);

/** Of the socket. Asked first: EPIPE is spelled like an SQLSTATE. */
const LOST_CONNECTION = /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET)/;

/** What has no code of its own with pg, better-sqlite3 and Kysely. */
const SAID =
	/^(?:no such (?:table|column)|Connection terminated|timeout exceeded when trying to connect|Client (?:has encountered|was closed)|Cannot use a pool|The database connection is not open|driver has already been destroyed)/;
