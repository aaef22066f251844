import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { readStoredEvent } from '../events/readStoredEvent';
import type { StoredEvent } from '../events/StoredEvent';
import { classifyDelivery } from '../subscriptions/matchEvent';
import { readSealedSecrets } from '../subscriptions/readSealedSecrets';
import { readSubscription } from '../subscriptions/readSubscription';
import { linkKey, linksOf } from './linksOf';
import type { LoadedDelivery } from './DueDelivery';

/**
 * Reads deliveries with their event, subscription and names, in the order of their ids here. What lost
 * its subscription is left out.
 *
 * @returns `isNamedNow` where the ledger holds no type yet: it was worked out as the event and the
 * subscription are now, and nothing is written
 */
export async function loadDeliveries(
	db: Kysely<Tables>,
	ids: readonly string[],
): Promise<Array<{ readonly delivery: LoadedDelivery; readonly isNamedNow: boolean }>> {
	const deliveries = await db
		.selectFrom('deliveries as d')
		.innerJoin('workspaces as w', 'w.id', 'd.workspace_id')
		.select(['d.id', 'd.attempt', 'd.event_id', 'd.subscription_id', 'd.replay_of'])
		.select(['d.type', 'd.classified', 'd.waited'])
		.select(['w.id as workspace_id', 'w.slug'])
		.where('d.id', 'in', [...ids])
		.execute();
	const place = new Map(ids.map((id, index) => [id, index]));
	deliveries.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
	const [events, subscriptions] = await Promise.all([
		eventsOf(
			db,
			deliveries.map((d) => d.event_id),
		),
		subscriptionsOf(
			db,
			deliveries.map((d) => d.subscription_id),
		),
	]);
	const told = [...events.values()].map(({ event }) => event);
	const [connections, links] = await Promise.all([connectionsOf(db, told), linksOf(db, told)]);

	return deliveries.flatMap((d) => {
		const stored = events.get(d.event_id);
		const subscription = subscriptions.get(d.subscription_id);
		if (!stored || !subscription) return [];
		const { event, bytes } = stored;
		const connection = connections.get(`${event.workspaceId} ${event.tenantId}`);
		const named = d.type === null ? undefined : { type: d.type, classified: d.classified !== 0 };
		return {
			isNamedNow: named === undefined,
			delivery: {
				id: d.id,
				attempt: d.attempt + 1,
				event,
				bytes,
				subscription,
				named: named ?? classifyDelivery(event, subscription, event.record),
				workspace: { id: d.workspace_id, slug: d.slug },
				tenantName: connection?.tenant_name ?? null,
				links: links.get(linkKey(event)) ?? [],
				isSwitchedOff: connection?.enabled === 0,
				isReplay: d.replay_of !== null,
				hasWaited: d.waited === 1,
			},
		};
	});
}

async function eventsOf(db: Kysely<Tables>, ids: readonly string[]) {
	if (ids.length === 0) return new Map<string, { event: StoredEvent; bytes: number }>();
	const rows = await db
		.selectFrom('events')
		.selectAll()
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(
		rows.map((row) => [
			row.id,
			{ event: readStoredEvent(row), bytes: row.original.length + (row.record?.length ?? 0) },
		]),
	);
}

async function subscriptionsOf(db: Kysely<Tables>, ids: readonly string[]) {
	const rows =
		ids.length === 0
			? []
			: await db
					.selectFrom('subscriptions')
					.selectAll()
					.where('id', 'in', [...new Set(ids)])
					.execute();
	return new Map(
		rows.map((row) => [
			row.id,
			{
				...readSubscription(row),
				secrets: readSealedSecrets(row),
				failures: row.consecutive_failures,
			},
		]),
	);
}

/** By workspace and organisation. */
async function connectionsOf(
	db: Kysely<Tables>,
	events: readonly StoredEvent[],
): Promise<ReadonlyMap<string, Pick<Tables['connections'], 'tenant_name' | 'enabled'>>> {
	if (events.length === 0) return new Map();
	const rows = await db
		.selectFrom('connections')
		.select(['workspace_id', 'tenant_id', 'tenant_name', 'enabled'])
		.where('tenant_id', 'in', [...new Set(events.map(({ tenantId }) => tenantId))])
		.execute();
	return new Map(rows.map((row) => [`${row.workspace_id} ${row.tenant_id}`, row]));
}
