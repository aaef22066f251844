import type { Kysely } from 'kysely';
import { raiseAlert } from '../alerts/raiseAlert';
import type { Tables } from '../database/tables';
import { forgetGaps } from '../gaps/forgetGaps';
import { forgetBaselines } from '../sync/forgetBaselines';

/** Which ledger was put in the place of which. */
export interface Restoration {
	/** When the backup was taken, in epoch milliseconds; undefined where nobody knows. */
	readonly takenAt: number | undefined;
	/** By the id of the workspace: what the ledger that was replaced had, and this one has not. */
	readonly lost: ReadonlyMap<string, LostSince>;
}

/** What was made since the backup, by the names that people know. */
export interface LostSince {
	/** Addresses of workflows. */
	readonly workflows: readonly string[];
	readonly apiKeys: readonly string[];
	/** Organisations that were connected since, or whose tokens were replaced. */
	readonly organisations: readonly string[];
}

/**
 * Tells every workspace that its ledger is an older one, what cannot be known because of it, and how each
 * heals, until somebody has read it. In the place of what was told of a restoration before.
 *
 * @param now epoch milliseconds
 */
export async function markRestored(
	db: Kysely<Tables>,
	{ takenAt, lost }: Restoration,
	now: number,
): Promise<void> {
	await db.transaction().execute(async (tx) => {
		await forgetBaselines(tx, now);
		await forgetGaps(tx, now);
		await tx
			.updateTable('alerts')
			.set({ resolved_at: now })
			.where('kind', '=', 'restored_from_backup')
			.where('resolved_at', 'is', null)
			.execute();
		const subscriptions = await tx
			.selectFrom('subscriptions')
			.select(['workspace_id as workspaceId', 'url'])
			.orderBy('id')
			.execute();
		const known = Map.groupBy(subscriptions, ({ workspaceId }) => workspaceId);
		for (const { id } of await tx.selectFrom('workspaces').select('id').execute()) {
			const message = describe(
				takenAt,
				lost.get(id),
				(known.get(id) ?? []).map(({ url }) => url),
			);
			const alert = { kind: 'restored_from_backup' as const, subject: 'ledger', message };
			await raiseAlert(tx, { ...alert, workspaceId: id }, now);
		}
	});
}

function describe(
	takenAt: number | undefined,
	lost: LostSince | undefined,
	known: readonly string[],
): string {
	const { workflows = [], apiKeys = [], organisations = [] } = lost ?? {};
	const from = takenAt === undefined ? '' : ` of ${new Date(takenAt).toISOString().slice(0, 16)}Z`;
	return [
		`This hub was restored from a backup${from}. It does not know what happened since.`,
		`Workflows: of those that were published since it knows nothing, and n8n does not look again by itself: unpublish and publish each${named(workflows)}.`,
		known.length === 0
			? 'It knows no workflow.'
			: `It knows ${listOf(known)}: whichever of them was unpublished since is sent events again until you do so once more; one whose deliveries end with 503 has a newer secret: unpublish and publish it.`,
		`API keys that were made since open nothing: make new ones and save them in n8n${named(apiKeys)}. Those that were revoked since work again: revoke them.`,
		`Organisations: Xero may refuse the older token, and the alert that says so has the button Reconnect${named(organisations)}.`,
		'Events: Xero does not send again what was answered since. Read what changed in that time with the operation Get Many and "modified since".',
	].join(' ');
}

/** More would hide what is to be done. */
const MAX_NAMES = 20;

function named(names: readonly string[]): string {
	return names.length === 0 ? '' : `, which are at least ${listOf(names)}`;
}

function listOf(names: readonly string[]): string {
	const shown = names.slice(0, MAX_NAMES).join(', ');
	return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}
