import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';

/** A stream that runs more seldom than this keeps nothing up to date that a push could rely on. */
const FRESH_MS = 6 * 3_600_000;

/**
 * Whether a stream has all of an entity's records in copies, and has read what changed lately: then nobody has to ask
 * Xero for them.
 */
export type KeepsFresh = (connectionId: string, entity: string) => Promise<boolean>;

export function createKeepsFresh(deps: {
	readonly db: Kysely<Tables>;
	readonly keepsRecords: boolean;
	readonly now: Clock;
}): KeepsFresh {
	const { db, keepsRecords, now } = deps;

	return async function keepsFresh(connectionId, entity) {
		if (!keepsRecords) return false;
		const stream = await db
			.selectFrom('sync_streams')
			.select(['id', 'enabled', 'baseline_at', 'failures'])
			.where('connection_id', '=', connectionId)
			.where('entity', '=', entity)
			.executeTakeFirst();
		if (stream === undefined || stream.enabled === 0 || stream.failures > 0) return false;
		if (stream.baseline_at === null) return false;
		const run = await db
			.selectFrom('sync_runs')
			.select('finished_at')
			.where('stream_id', '=', stream.id)
			.where('status', '=', 'succeeded')
			.where('kind', '!=', 'count')
			.orderBy('id', 'desc')
			.limit(1)
			.executeTakeFirst();
		const at = run?.finished_at ?? null;
		return at !== null && at > now() - FRESH_MS;
	};
}
