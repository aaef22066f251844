import type { Kysely, Transaction } from 'kysely';
import type { SubscriptionCreated, SubscriptionRequest, SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { SubscriptionElsewhereError } from '../errors/SubscriptionElsewhereError';
import { cancelQueue, joinQueues } from './joinQueues';
import { readSealedSecrets } from './readSealedSecrets';
import { readSubscription } from './readSubscription';
import type { Tables } from '../database/tables';
import { lockSubscriptions } from './lockSubscriptions';
import { resumeQueue } from './resumeQueue';
import { AWAKE, lockWorkspace, subscribe, type Elsewhere, type SubscriptionRow } from './subscribe';
import { SECRET_GRACE_MS, type SubscriptionSecrets } from './subscriptionSecrets';

/** A wish that was kept, or what has to be found out first. */
export type SavedSubscription =
	| {
			readonly kind: 'saved';
			readonly isNew: boolean;
			readonly subscription: SubscriptionCreated;
	  }
	| { readonly kind: 'elsewhere'; readonly at: readonly SubscriptionView[] };

/** What a *delete* of n8n's is about; what is left out is not compared. */
export interface DeletedAt {
	readonly url?: string | undefined;
	readonly generation?: number | undefined;
}

/** The wishes of workflows: what to deliver, and where. */
export interface SubscriptionStore {
	/**
	 * Idempotent: a trigger at the same origin, or without a key the same URL, gives back the same
	 * subscription with the same secret, its queue and its history, and makes a parked or disabled one
	 * active. A trigger at another origin is answered `elsewhere` until it is said what that is: one that
	 * has moved takes over, a clone gets a subscription of its own. What is due already and was named for
	 * another wish is named anew before it is sent: as what is asked for now, or it is filtered.
	 */
	subscribe(
		workspaceId: string,
		request: SubscriptionRequest,
		elsewhere?: Elsewhere,
	): Promise<SavedSubscription>;
	list(workspaceId: string): Promise<SubscriptionView[]>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<SubscriptionView>;
	/**
	 * In clear, the current one first, then the replaced one while its grace lasts.
	 *
	 * @throws NotFoundError
	 */
	signingSecrets(workspaceId: string, id: string): Promise<string[]>;
	/**
	 * The trigger was unpublished: its queue rests and is kept, for the same trigger or URL. One for
	 * tests is gone at once. Parking twice changes nothing.
	 *
	 * @throws NotFoundError
	 * @throws SubscriptionElsewhereError when it has another address by now, or was asked for again since
	 */
	park(workspaceId: string, id: string, at?: DeletedAt): Promise<void>;
	/** What still waited is cancelled, in the same transaction. @throws NotFoundError */
	discard(workspaceId: string, id: string): Promise<void>;
	/**
	 * n8n has another address: deliveries go there from now on, those that waited too.
	 *
	 * @throws NotFoundError
	 * @throws ConflictError when the same trigger has a subscription of its own there, at another URL, or
	 * when it is pulled from
	 */
	move(workspaceId: string, id: string, url: string): Promise<SubscriptionView>;
	/**
	 * What waits for one waits for the other, and the first is gone.
	 *
	 * @throws NotFoundError
	 * @throws ConflictError when the other is for tests or disabled: nothing would be sent
	 */
	adopt(workspaceId: string, id: string, by: string): Promise<SubscriptionView>;
	/**
	 * Nothing of an organisation goes to anybody any more: wishes that name others too lose it, and those that
	 * name it alone end with their queues. Those for every organisation stay.
	 *
	 * @returns how many ended, and how many were changed
	 */
	forgetOrganisation(
		workspaceId: string,
		tenantId: string,
	): Promise<{ readonly ended: number; readonly changed: number }>;
	/** The replaced secret signs beside the new one for a day. @throws NotFoundError */
	rotateSecret(workspaceId: string, id: string): Promise<SubscriptionCreated>;
}

/** A minute after a *delete* its address is asked: n8n's own delete leaves nobody there. */
const PROBE_AFTER_MS = 60_000;

export function createSubscriptionStore(deps: {
	readonly db: Kysely<Tables>;
	readonly secrets: SubscriptionSecrets;
	readonly now: Clock;
	/** How long a parked queue is kept. */
	readonly parkMs: number;
}): SubscriptionStore {
	const { db, secrets, now, parkMs } = deps;

	async function find(workspaceId: string, id: string, within: Kysely<Tables> = db) {
		const row = await within
			.selectFrom('subscriptions')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`The workspace has no subscription "${id}".`);
		return row;
	}

	const withSecret = (row: SubscriptionRow): SubscriptionCreated => ({
		...readSubscription(row),
		secret: secrets.open(readSealedSecrets(row)),
	});

	return {
		get: async (workspaceId, id) => readSubscription(await find(workspaceId, id)),
		signingSecrets: async (workspaceId, id) =>
			secrets.signingSecrets(readSealedSecrets(await find(workspaceId, id)), now()),
		async subscribe(workspaceId, request, elsewhere) {
			const done = await db
				.transaction()
				.execute((tx) => subscribe(tx, secrets, { workspaceId, request }, now(), elsewhere));
			if (done.kind === 'elsewhere') return { ...done, at: done.rows.map(readSubscription) };
			return { ...done, subscription: withSecret(done.row) };
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
		async park(workspaceId, id, { url, generation } = {}) {
			await db.transaction().execute(async (tx) => {
				await lockWorkspace(tx, workspaceId);
				const row = await find(workspaceId, id, tx);
				if (url !== undefined && url !== row.url) {
					throw new SubscriptionElsewhereError('The subscription has another address by now.');
				}
				if (generation !== undefined && generation < row.generation) {
					throw new SubscriptionElsewhereError('The trigger was published again since.');
				}
				if (row.mode === 'test') await remove(tx, row.id, now());
				if (row.mode === 'test' || row.status === 'parked') return;
				await tx
					.updateTable('subscriptions')
					.set({
						status: 'parked',
						parked_at: now(),
						parked_until: now() + parkMs,
						probe_at: row.require_receipt === 1 ? now() + PROBE_AFTER_MS : null,
						resumed_at: null,
						// Nobody pulls any more: the next one need not wait for that.
						...{ pulled_at: null, pulled_generation: null, contested_generation: null },
					})
					.where('id', '=', id)
					.execute();
			});
		},
		async discard(workspaceId, id) {
			await db.transaction().execute(async (tx) => {
				await lockWorkspace(tx, workspaceId);
				await find(workspaceId, id, tx);
				await remove(tx, id, now());
			});
		},
		async move(workspaceId, id, url) {
			return db.transaction().execute(async (tx) => {
				await lockWorkspace(tx, workspaceId);
				const row = await find(workspaceId, id, tx);
				if (row.delivery === 'pull') throw new ConflictError(NO_ADDRESS);
				const { origin } = new URL(url);
				await requireNoOther(tx, row, { url, origin });
				const inTheWay = await tx
					.selectFrom('subscriptions')
					.select('id')
					.where('workspace_id', '=', workspaceId)
					.where('url', '=', url)
					.where('id', '!=', id)
					.executeTakeFirst();
				if (inTheWay !== undefined) await joinQueues(tx, { from: inTheWay.id, to: id }, now());
				await lockSubscriptions(tx, [id]);
				await resumeQueue(tx, row, row, now());
				const moved = await tx
					.updateTable('subscriptions')
					.set({ ...AWAKE, url, moved_from: row.url, moved_at: now() })
					.$if(row.origin !== null, (q) => q.set({ origin }))
					.where('id', '=', id)
					.returningAll()
					.executeTakeFirstOrThrow();
				return readSubscription(moved);
			});
		},
		async adopt(workspaceId, id, by) {
			return db.transaction().execute(async (tx) => {
				await lockWorkspace(tx, workspaceId);
				const [from, to] = [await find(workspaceId, id, tx), await find(workspaceId, by, tx)];
				if (to.mode === 'test' || to.status === 'disabled') throw new ConflictError(NOBODY_THERE);
				if (from.id !== to.id) await joinQueues(tx, { from: from.id, to: to.id }, now());
				return readSubscription(to);
			});
		},
		async forgetOrganisation(workspaceId, tenantId) {
			return db.transaction().execute(async (tx) => {
				await lockWorkspace(tx, workspaceId);
				const rows = await tx
					.selectFrom('subscriptions')
					.select(['id', 'tenant_ids'])
					.where('workspace_id', '=', workspaceId)
					.where('tenant_ids', 'like', `%${tenantId.toLowerCase()}%`)
					.execute();
				let ended = 0;
				for (const { id, tenant_ids } of rows) {
					const left = (JSON.parse(tenant_ids) as string[]).filter(
						(one) => one !== tenantId.toLowerCase(),
					);
					if (left.length === 0) {
						await remove(tx, id, now());
						ended += 1;
					} else {
						await tx
							.updateTable('subscriptions')
							.set({ tenant_ids: JSON.stringify(left) })
							.where('id', '=', id)
							.execute();
					}
				}
				return { ended, changed: rows.length - ended };
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

const NO_ADDRESS =
	'That subscription is pulled from, so it has no address to move. Name the subscription that is to take its queue.';

const NOBODY_THERE =
	'That subscription is disabled, or for tests: what waits would not be sent. Publish its workflow, then adopt the queue.';

/** A trigger has one subscription at an origin, and n8n itself said at which URL. */
async function requireNoOther(
	tx: Transaction<Tables>,
	{ id, workspace_id, instance_id, workflow_id, node_id }: SubscriptionRow,
	{ url, origin }: { readonly url: string; readonly origin: string },
): Promise<void> {
	const other = await tx
		.selectFrom('subscriptions')
		.select('url')
		.where('workspace_id', '=', workspace_id)
		.where('instance_id', '=', instance_id)
		.where('workflow_id', '=', workflow_id)
		.where('node_id', '=', node_id)
		.where('origin', '=', origin)
		.where('mode', '=', 'production')
		.where('id', '!=', id)
		.where('url', '!=', url)
		.executeTakeFirst();
	if (other === undefined) return;
	throw new ConflictError(
		`The same trigger has a subscription at ${other.url} already: move it to that URL, or let that one adopt the queue.`,
	);
}

async function remove(tx: Transaction<Tables>, id: string, now: number): Promise<void> {
	await tx.deleteFrom('subscriptions').where('id', '=', id).execute();
	await cancelQueue(tx, id, 'The subscription was deleted.', now);
}
