import type { Kysely, Transaction } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import type { Tables } from '../database/tables';
import type { ClaimedStream, RunEnding } from './Stream';

/** A sweep misses so many records that it does not take them for deleted. */
export const SWEEP_HELD = 'sweep_held';

/** Xero has another number of records than the hub knows, twice in a row. */
export const COUNTS_DISAGREE = 'counts_disagree';

/**
 * Raises and ends, with the end of a run, the alerts that it decides: a sweep that holds asks a person, and the
 * next complete one has its answer; a count that disagrees a second time after all changes were read does so for
 * another reason than them.
 *
 * @param disagreedBefore whether the count before this one disagreed too
 */
export async function noteRunAlerts(
	tx: Transaction<Tables>,
	{ stream, run }: ClaimedStream,
	ending: RunEnding,
	{ disagreedBefore, at }: { readonly disagreedBefore: boolean; readonly at: number },
): Promise<void> {
	const { workspaceId, id: subject, entity } = stream;
	const raise = async (kind: string, text: (organisation: string) => string) => {
		const connection = await tx
			.selectFrom('connections')
			.select('tenant_name as name')
			.where('id', '=', stream.connectionId)
			.executeTakeFirst();
		const message = text(connection?.name ?? stream.tenantId);
		await raiseAlert(tx, { workspaceId, kind, subject, message }, at);
	};
	const end = (kind: string) => endAlert(tx, { kind, workspaceId, subject }, at);
	const list = entity.collection;

	if (ending.isHeld === true) {
		await raise(SWEEP_HELD, (name) => `${list} of ${name}: ${ending.error}`);
	}
	if (ending.error !== undefined) return;
	const { missing, sweptBytes } = ending;
	if (sweptBytes !== undefined) {
		await end(SWEEP_HELD);
		await end(COUNTS_DISAGREE);
	}
	if (run.kind !== 'count' || missing === undefined) return;
	if (missing === 0) await end(COUNTS_DISAGREE);
	else if (disagreedBefore) {
		await raise(
			COUNTS_DISAGREE,
			(name) =>
				`${list} of ${name}: Xero counts ${Math.abs(missing)} ${missing > 0 ? 'more' : 'fewer'} than the hub ` +
				'knows, after everything that changed was read. Run a sweep of this sync: it reads the whole list, and ' +
				'finds what no time of change shows.',
		);
	}
}

/** Whether the count before this run said that the numbers differ. */
export async function disagreedBefore(
	db: Kysely<Tables>,
	{ stream, run }: ClaimedStream,
): Promise<boolean> {
	const before = await db
		.selectFrom('sync_runs')
		.select('missing')
		.where('stream_id', '=', stream.id)
		.where('id', '<', run.id)
		.where('kind', '=', 'count')
		.where('status', '=', 'succeeded')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return (before?.missing ?? 0) !== 0;
}
