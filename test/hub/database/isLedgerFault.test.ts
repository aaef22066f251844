import { isLedgerFault } from '../../../hub-server/src/database/isLedgerFault';
import { LedgerLockedError } from '../../../hub-server/src/errors/ledgerErrors';

const fault = (code: string) => Object.assign(new Error('failed'), { code });

describe('whether the ledger itself is at fault', () => {
	it.each([
		['SQLite is locked', fault('SQLITE_BUSY')],
		['SQLite recovers', fault('SQLITE_BUSY_RECOVERY')],
		['SQLite’s disk is full', fault('SQLITE_FULL')],
		['SQLite’s disk is broken', fault('SQLITE_IOERR_FSYNC')],
		['another program has the lock', new LedgerLockedError(2_000)],
		['PostgreSQL is stopped by its operator', fault('57P01')],
		['PostgreSQL takes no more connections', fault('53300')],
		['PostgreSQL’s disk is full', fault('53100')],
		['PostgreSQL lacks a table', fault('42P01')],
		[
			'SQLite lacks a table',
			Object.assign(new Error('no such table: events'), { code: 'SQLITE_ERROR' }),
		],
		['two transactions waited for each other', fault('40P01')],
		['nothing listens', fault('ECONNREFUSED')],
		['the connection is reset', fault('ECONNRESET')],
		['the connection breaks while it is written to', fault('EPIPE')],
		['pg lost its connection', new Error('Connection terminated unexpectedly')],
		['the hub has closed it', new Error('driver has already been destroyed')],
	])('is true when %s', (_when, cause) => {
		expect(isLedgerFault(cause)).toBe(true);
	});

	it.each([
		['PostgreSQL refuses a NUL', fault('22021')],
		['an index takes no text that long', fault('54000')],
		['a constraint does not hold', fault('23505')],
		['SQLite finds a text too long', fault('SQLITE_TOOBIG')],
		['SQLite’s constraint does not hold', fault('SQLITE_CONSTRAINT_UNIQUE')],
		['the stack overflows', new RangeError('Maximum call stack size exceeded')],
		['something that is no error is thrown', 'refused'],
		['nothing is', undefined],
	])('is false when %s', (_when, cause) => {
		expect(isLedgerFault(cause)).toBe(false);
	});
});
