import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { Engine } from '../database/engine';
import { newId } from '../database/newId';

/** A row is one process's to work on until then; every write it makes names the lease's id. */
export interface Lease {
	/** Sorts by the time it was made. */
	readonly id: string;
	/** Epoch milliseconds, exclusive. */
	readonly until: number;
}

export function newLease(now: number, durationMs: number): Lease {
	return { id: newId(now), until: now + durationMs };
}

/**
 * How a table holds its rows' leases: conditions and values for its claim ("free or run out"), for the
 * fenced writes after it ("where the lease is mine"), and for giving the lease back. Several processes
 * may claim at once; a row has one holder, and a holder whose lease was taken over changes nothing.
 */
export interface LeaseColumns<Id extends string, Until extends string> {
	/** @param of the table's alias in the query, where it has one */
	isFree(now: number, of?: string): RawBuilder<boolean>;
	isHeldBy(leaseId: string): RawBuilder<boolean>;
	heldBy(lease: Lease): Record<Id, string> & Record<Until, number>;
	readonly free: Readonly<Record<Id | Until, null>>;
}

function leaseColumns<Id extends string, Until extends string>(
	id: Id,
	until: Until,
): LeaseColumns<Id, Until> {
	return {
		isFree(now, of) {
			const column = sql.ref(of === undefined ? until : `${of}.${until}`);
			return sql<boolean>`(${column} is null or ${column} <= ${now})`;
		},
		isHeldBy: (leaseId) => sql<boolean>`${sql.ref(id)} = ${leaseId}`,
		heldBy: (lease) =>
			({ [id]: lease.id, [until]: lease.until }) as ReturnType<LeaseColumns<Id, Until>['heldBy']>,
		free: { [id]: null, [until]: null } as Record<Id | Until, null>,
	};
}

/** Of deliveries and grants. */
export const LEASE = leaseColumns('lease_id', 'lease_until');

/** Of an event whose record is being read. */
export const RECORD_LEASE = leaseColumns('record_lease_id', 'record_lease_until');

/**
 * For the query that chooses rows to claim: locks them, and passes over those that another process is
 * choosing at this moment. SQLite lets one transaction write at a time, which comes to the same.
 *
 * @param of the claimed table's alias, where the query joins others
 */
export function passingOverLocked<DB, Table extends keyof DB & string, Row>(
	engine: Engine,
	of?: Table,
) {
	return (query: SelectQueryBuilder<DB, Table, Row>): SelectQueryBuilder<DB, Table, Row> =>
		engine === 'postgres' ? query.forUpdate(of).skipLocked() : query;
}
