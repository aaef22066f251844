import type { Kysely, Selectable, Transaction } from 'kysely';
import type { SubscriptionRequest } from '../../protocol';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { ConflictError } from '../errors/requestErrors';
import { addressOf, isPullName, nameOfCopy, originOf } from './addressOf';
import { joinQueues } from './joinQueues';
import { lockSubscriptions } from './lockSubscriptions';
import { releasePulled, resumeQueue } from './resumeQueue';
import type { SubscriptionSecrets } from './subscriptionSecrets';

export type SubscriptionRow = Selectable<Tables['subscriptions']>;

/**
 * What an address of the same trigger elsewhere is: `moved`, when nobody answers there any more, or the
 * address of a `clone`'s original, when its trigger still does.
 */
export type Elsewhere = 'moved' | 'clone';

export type Subscribed =
	| { readonly kind: 'saved'; readonly isNew: boolean; readonly row: SubscriptionRow }
	/** The same trigger has other addresses: whoever asks finds out what they are, and asks again. */
	| { readonly kind: 'elsewhere'; readonly rows: readonly SubscriptionRow[] };

/** One for tests ends by itself: n8n's listener waits for two minutes. */
const TEST_MS = 10 * 60_000;

/**
 * Keeps a trigger's wish, in one transaction with what becomes of its queue.
 *
 * @param now epoch milliseconds
 * @param elsewhere what was found out about the trigger's other addresses
 */
export async function subscribe(
	tx: Transaction<Tables>,
	secrets: Pick<SubscriptionSecrets, 'create'>,
	wish: { readonly workspaceId: string; readonly request: SubscriptionRequest },
	now: number,
	elsewhere?: Elsewhere,
): Promise<Subscribed> {
	const { workspaceId, request } = wish;
	const url = addressOf(request);
	const origin = originOf(url);
	const at = { ...wish, url };
	await lockWorkspace(tx, workspaceId);
	const atUrl = await findByUrl(tx, workspaceId, url);
	if (request.mode === 'test') {
		if (atUrl?.mode === 'production') throw new ConflictError(NOT_A_TEST_URL);
		return save(tx, secrets, at, now, atUrl);
	}
	if (atUrl !== undefined && isContested(atUrl, request)) {
		if (elsewhere === undefined) return { kind: 'elsewhere', rows: [atUrl] };
		return save(tx, secrets, { ...at, url: nameOfCopy(url, now) }, now, undefined);
	}

	const holders = await findByKey(tx, workspaceId, request);
	const same = holders.find((row) => row.origin === origin);
	const others = holders.filter((row) => row.origin !== origin && !areCopies(row.url, url));
	if (same === undefined && others.length > 0 && elsewhere === undefined) {
		return { kind: 'elsewhere', rows: others };
	}
	const owner = same ?? (elsewhere === 'moved' ? others[0] : undefined) ?? atUrl;
	if (owner !== undefined && atUrl !== undefined && owner.id !== atUrl.id) {
		await joinQueues(tx, { from: atUrl.id, to: owner.id }, now);
	}
	return save(tx, secrets, at, now, owner);
}

const NOT_A_TEST_URL =
	'A published trigger has this address: a test subscription cannot take it over.';

/**
 * Its trigger was asked for again since, and yet asks once more: so two of it are running, and this is the one
 * that came to it later.
 */
function isContested(row: SubscriptionRow, { delivery, generation }: SubscriptionRequest): boolean {
	return (
		delivery === 'pull' &&
		row.contested_generation !== null &&
		row.contested_generation === generation
	);
}

/** Those that pull have no address that could tell a move; copies were told apart when they were made. */
function areCopies(one: string, other: string): boolean {
	return isPullName(one) && isPullName(other);
}

async function save(
	tx: Transaction<Tables>,
	secrets: Pick<SubscriptionSecrets, 'create'>,
	{
		workspaceId,
		request,
		url,
	}: {
		readonly workspaceId: string;
		readonly request: SubscriptionRequest;
		readonly url: string;
	},
	now: number,
	owner: SubscriptionRow | undefined,
): Promise<Subscribed> {
	const { key, mode = 'production' } = request;
	const origin = originOf(url);
	const columns = {
		url,
		...wishColumns(request),
		...(key !== undefined && {
			instance_id: key.instanceId,
			workflow_id: key.workflowId,
			node_id: key.nodeId,
			origin,
		}),
		mode,
		ends_at: mode === 'test' ? now + TEST_MS : null,
		generation: Math.max(owner?.generation ?? 0, request.generation ?? 0) + 1,
		...AWAKE,
	};
	if (owner === undefined) {
		const id = newId(now);
		const secret = secrets.create({ id, workspaceId });
		const row = await tx
			.insertInto('subscriptions')
			.values({
				...{ id, workspace_id: workspaceId, secret, created_at: now },
				...{ previous_secret: null, previous_secret_until: null },
				...columns,
			})
			.returningAll()
			.executeTakeFirstOrThrow();
		return { kind: 'saved', isNew: true, row };
	}

	await lockSubscriptions(tx, [owner.id]);
	const { events, tenant_ids, filter } = columns;
	const wish = { whileUnpublished: request.whileUnpublished, events, tenant_ids, filter };
	await resumeQueue(tx, owner, wish, now);
	// A trigger has one puller, which is this one from now on.
	if (owner.delivery === 'pull' && key !== undefined) await releasePulled(tx, owner.id, now);
	const hasMoved = owner.origin !== null && owner.origin !== origin;
	const row = await tx
		.updateTable('subscriptions')
		.set({
			...{ ...columns, contested_generation: null },
			...(hasMoved && { moved_from: owner.url, moved_at: now }),
		})
		.where('id', '=', owner.id)
		.returningAll()
		.executeTakeFirstOrThrow();
	return { kind: 'saved', isNew: false, row };
}

/** Of a subscription to which deliveries go, from a clean slate. */
export const AWAKE = {
	status: 'active' as const,
	consecutive_failures: 0,
	failing_since: null,
	failed_at: null,
	paused_until: null,
	parked_at: null,
	parked_until: null,
	probe_at: null,
	resumed_at: null,
};

function wishColumns({ events, tenantIds, hydrate, ...request }: SubscriptionRequest) {
	return {
		events: JSON.stringify([...new Set(events)]),
		tenant_ids: JSON.stringify([...new Set(tenantIds)].map((id) => id.toLowerCase())),
		hydrate: hydrate === true ? 1 : 0,
		require_receipt: request.requireReceipt === true ? 1 : 0,
		while_unpublished: request.whileUnpublished ?? ('keep' as const),
		filter: filterColumn(request.filter),
		delivery: request.delivery ?? ('push' as const),
	};
}

/** A filter that leaves nothing out is none. */
function filterColumn(filter: SubscriptionRequest['filter']): string | null {
	const asked = Object.entries(filter ?? {}).filter(([, value]) => value !== undefined);
	return asked.length === 0 ? null : JSON.stringify(Object.fromEntries(asked));
}

/**
 * Two changes of one trigger at the same moment: the second finds what the first made. Taken before any
 * subscription is read.
 */
export async function lockWorkspace(tx: Transaction<Tables>, workspaceId: string): Promise<void> {
	await tx
		.updateTable('workspaces')
		.set((e) => ({ id: e.ref('id') }))
		.where('id', '=', workspaceId)
		.execute();
}

function findByUrl(tx: Kysely<Tables>, workspaceId: string, url: string) {
	return tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('url', '=', url)
		.executeTakeFirst();
}

/** Every address of the trigger, the one that asked last in front. */
async function findByKey(
	tx: Kysely<Tables>,
	workspaceId: string,
	{ key }: SubscriptionRequest,
): Promise<SubscriptionRow[]> {
	if (key === undefined) return [];
	return tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('instance_id', '=', key.instanceId)
		.where('workflow_id', '=', key.workflowId)
		.where('node_id', '=', key.nodeId)
		.where('mode', '=', 'production')
		.orderBy('generation', 'desc')
		.orderBy('id', 'desc')
		.execute();
}
