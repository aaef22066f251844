import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';

/** Lets one of several hubs on a ledger do a piece of work; the others look whether it still does. */
export interface HubLease {
	/** Takes the lease, or keeps it for another while. @returns whether this process has it now */
	hold(): Promise<boolean>;
	/** For another hub to go on at once. */
	release(): Promise<void>;
}

/**
 * What it guards may be done by two at a time after a clock was set, or when a process was suspended for
 * longer than the lease: it must be something that two may do.
 */
export function createHubLease(deps: {
	readonly db: Kysely<Tables>;
	readonly name: string;
	readonly durationMs: number;
	readonly now: Clock;
}): HubLease {
	const { db, name, durationMs, now } = deps;
	const id = newId(now());

	return {
		async hold() {
			const at = now();
			const held = await db
				.insertInto('hub_leases')
				.values({ name, lease_id: id, lease_until: at + durationMs })
				.onConflict((conflict) =>
					conflict
						.column('name')
						.doUpdateSet({ lease_id: id, lease_until: at + durationMs })
						.where((e) =>
							e.or([
								e('hub_leases.lease_id', '=', id),
								e('hub_leases.lease_until', '<=', at),
								// Only a clock that was set back since can have written this.
								e('hub_leases.lease_until', '>', at + 2 * durationMs),
							]),
						),
				)
				.returning('name')
				.executeTakeFirst();
			return held !== undefined;
		},
		async release() {
			await db
				.deleteFrom('hub_leases')
				.where('name', '=', name)
				.where('lease_id', '=', id)
				.execute();
		},
	};
}
