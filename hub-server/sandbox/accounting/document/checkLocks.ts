import type { ApiCall } from '../../resource/ApiResource';
import type { Organisation } from '../../world/World';

/** A day of the books, and whether what is dated so stands in the ledger; true when absent. */
export interface Dated {
	/** Midnight UTC. */
	readonly dateMs: number;
	readonly isPosted?: boolean;
}

/**
 * Says why a record cannot be made, changed or taken back: a lock date is on or after its day. What is
 * not in the ledger yet is locked too, unless the fault `locksDrafts` is off.
 *
 * @param before the record as it is; undefined for a new one
 * @param after the record as it is to be; undefined for one that is voided or deleted
 */
export function checkLocks(
	call: ApiCall,
	before: Dated | undefined,
	after: Dated | undefined,
	messages: string[],
): void {
	const lockable = (dated: Dated | undefined): Dated | undefined =>
		dated?.isPosted !== false || call.context.faults().locksDrafts ? dated : undefined;
	const [was, is] = [lockable(before), lockable(after)];
	if (was !== undefined) {
		for (const { name } of locksOn(call.organisation, was)) {
			messages.push(`The document cannot be edited as it is currently dated before the ${name}`);
		}
	}
	if (is !== undefined && is.dateMs !== was?.dateMs) {
		for (const { name, dateMs } of locksOn(call.organisation, is)) {
			messages.push(
				`The document date cannot be before the ${name}, currently set at ${shortDay(dateMs)}`,
			);
		}
	}
}

/** The lock dates that cover a day. */
function locksOn(
	{ periodLockDateMs, endOfYearLockDateMs }: Organisation,
	{ dateMs: dayMs }: Dated,
): readonly { readonly name: string; readonly dateMs: number }[] {
	const locks = {
		'period lock date': periodLockDateMs,
		'end of year lock date': endOfYearLockDateMs,
	};
	return Object.entries(locks).flatMap(([name, dateMs]) =>
		dateMs === undefined || dayMs > dateMs ? [] : [{ name, dateMs }],
	);
}

/** `30-Nov-2018`, as Xero's sentences have it. */
function shortDay(ms: number): string {
	const day = new Date(ms).toLocaleDateString('en-US', {
		timeZone: 'UTC',
		day: '2-digit',
		month: 'short',
		year: 'numeric',
	});
	return day.replace(/^(\w+) (\d+), (\d+)$/, '$2-$1-$3');
}
