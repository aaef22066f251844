import { statfs } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import type { DeliveryDispatcher } from '../relay/dispatcher';
import type { ReadinessCheck } from './healthCalls';

/** Below this a day of webhooks may no longer fit. */
const MIN_FREE_BYTES = 50 * 1024 * 1024;

/** The dispatcher looks at the schedule every second; silence this long means that it is stuck. */
const MAX_SILENT_MS = 15_000;

/** What must work before a load balancer may send Xero's webhooks here. */
export function readinessChecks(deps: {
	readonly db: Kysely<Tables>;
	/** Absent where the ledger is a database server's. */
	readonly dataDir: string | undefined;
	readonly dispatcher: Pick<DeliveryDispatcher, 'silentMs'>;
	readonly now: Clock;
}): ReadinessCheck[] {
	return [
		{
			name: 'disk',
			async check() {
				if (deps.dataDir === undefined) return;
				const { bavail, bsize } = await statfs(deps.dataDir);
				if (bavail * bsize < MIN_FREE_BYTES) {
					throw new Error('Less than 50 MB are free in the data folder: make room.');
				}
			},
		},
		{
			name: 'database',
			// A write: a full disk and a read-only replica both answer reads.
			async check() {
				const value = String(deps.now());
				await deps.db
					.insertInto('settings')
					.values({ name: 'readiness', value })
					.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
					.execute();
			},
		},
		{
			name: 'queue',
			async check() {
				if (deps.dispatcher.silentMs() > MAX_SILENT_MS) {
					throw new Error('The dispatcher has not read the schedule for 15 s.');
				}
			},
		},
	];
}
