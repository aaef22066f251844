import type { Kysely, Selectable, Transaction } from 'kysely';
import type { SubscriptionCreated, SubscriptionRequest, SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import { NotFoundError } from '../errors/requestErrors';
import { newId } from '../database/newId';
import { readSealedSecrets } from './readSealedSecrets';
import { readSubscription } from './readSubscription';
import type { Tables } from '../database/tables';
import { SECRET_GRACE_MS, type SubscriptionSecrets } from './subscriptionSecrets';

/** The wishes of workflows: what to deliver, and where. */
export interface SubscriptionStore {
	/**
	 * Idempotent by URL: asking again changes the wish, makes a disabled subscription active and
	 * gives back the same secret. What is due already and was named for another wish is named anew
	 * before it is sent: as what is asked for now, or it is filtered.
	 */
	subscribe(
		workspaceId: string,
		request: SubscriptionRequest,
	): Promise<{ readonly isNew: boolean; readonly subscription: SubscriptionCreated }>;
	list(workspaceId: string): Promise<SubscriptionView[]>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<SubscriptionView>;
	/**
	 * In clear, the current one first, then the replaced one while its grace lasts.
	 *
	 * @throws NotFoundError
	 */
	signingSecrets(workspaceId: string, id: string): Promise<string[]>;
	/** What still waited is cancelled, in the same transaction. @throws NotFoundError */
	unsubscribe(workspaceId: string, id: string): Promise<void>;
	/** The replaced secret signs beside the new one for a day. @throws NotFoundError */
	rotateSecret(workspaceId: string, id: string): Promise<SubscriptionCreated>;
}

export function createSubscriptionStore(deps: {
	readonly db: Kysely<Tables>;
	readonly secrets: SubscriptionSecrets;
	readonly now: Clock;
}): SubscriptionStore {
	const { db, secrets, now } = deps;

	async function find(workspaceId: string, id: string) {
		const row = await db
			.selectFrom('subscriptions')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`The workspace has no subscription "${id}".`);
		return row;
	}

	const withSecret = (row: Selectable<Tables['subscriptions']>): SubscriptionCreated => ({
		...readSubscription(row),
		secret: secrets.open(readSealedSecrets(row)),
	});

	return {
		get: async (workspaceId, id) => readSubscription(await find(workspaceId, id)),
		signingSecrets: async (workspaceId, id) =>
			secrets.signingSecrets(readSealedSecrets(await find(workspaceId, id)), now()),
		async subscribe(workspaceId, request) {
			const id = newId(now());
			const wish = {
				events: JSON.stringify([...new Set(request.events)]),
				tenant_ids: JSON.stringify(
					[...new Set(request.tenantIds)].map((tenantId) => tenantId.toLowerCase()),
				),
				hydrate: request.hydrate ? 1 : 0,
				status: 'active' as const,
				consecutive_failures: 0,
				failing_since: null,
				paused_until: null,
			};
			const row = await db.transaction().execute(async (tx) => {
				await forgetTypes(tx, { workspaceId, url: request.url, events: wish.events });
				return tx
					.insertInto('subscriptions')
					.values({
						id,
						workspace_id: workspaceId,
						url: request.url,
						secret: secrets.create({ id, workspaceId }),
						previous_secret: null,
						previous_secret_until: null,
						created_at: now(),
						...wish,
					})
					.onConflict((conflict) => conflict.columns(['workspace_id', 'url']).doUpdateSet(wish))
					.returningAll()
					.executeTakeFirstOrThrow();
			});
			return { isNew: row.id === id, subscription: withSecret(row) };
		},
		async list(workspaceId) {
			const rows = await db
				.selectFrom('subscriptions')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.orderBy('id')
				.execute();
			return rows.map(readSubscription);
		},
		async unsubscribe(workspaceId, id) {
			await find(workspaceId, id);
			await db.transaction().execute(async (tx) => {
				await tx.deleteFrom('subscriptions').where('id', '=', id).execute();
				await tx
					.updateTable('deliveries')
					.set({
						status: 'cancelled',
						finished_at: now(),
						reason: 'The workflow was deactivated, so its subscription was deleted.',
					})
					.where('subscription_id', '=', id)
					.where('status', 'in', ['waiting', 'pending'])
					.execute();
			});
		},
		async rotateSecret(workspaceId, id) {
			const row = await find(workspaceId, id);
			const rotated = await db
				.updateTable('subscriptions')
				.set({
					secret: secrets.create({ id, workspaceId }),
					previous_secret: secrets.resealAsPrevious(readSealedSecrets(row)),
					previous_secret_until: now() + SECRET_GRACE_MS,
				})
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirstOrThrow();
			return withSecret(rotated);
		},
	};
}

/**
 * A delivery's type holds for the wish that it was decided by. One that is due under another wish loses
 * it, and the claim decides again.
 */
async function forgetTypes(
	tx: Transaction<Tables>,
	wish: { readonly workspaceId: string; readonly url: string; readonly events: string },
): Promise<void> {
	await tx
		.updateTable('deliveries')
		.set({ type: null, classified: null })
		.where('status', '=', 'pending')
		.where('subscription_id', 'in', (e) =>
			e
				.selectFrom('subscriptions')
				.select('id')
				.where('workspace_id', '=', wish.workspaceId)
				.where('url', '=', wish.url)
				.where('events', '!=', wish.events),
		)
		.execute();
}
