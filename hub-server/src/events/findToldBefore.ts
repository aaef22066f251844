import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { entityOfCategory } from '../records/xeroEntities';
import type { NewEvent } from './appendEvents';
import { wasToldBefore } from './sameChange';

/** Which of Xero's webhook events tell what a sync has told before. */
export interface ToldBefore {
	/** The id of the sync's event; null for news. Ask once for each event, in their order. */
	matchOf(event: NewEvent): string | null;
	/** Whether the subscription has, or had, a delivery of the sync's event. */
	hasGot(eventId: string, subscriptionId: string): boolean;
	/** Writes down that the changes behind these events are told by both now. */
	close(events: readonly NewEvent[]): Promise<void>;
}

export async function findToldBefore(
	tx: Transaction<Tables>,
	events: readonly NewEvent[],
): Promise<ToldBefore> {
	const told = new Map<string, Told>();
	const byOrganisation = Map.groupBy(
		events.filter(({ source }) => source === 'webhook'),
		({ workspaceId, tenantId, category }) => `${workspaceId} ${tenantId} ${category}`,
	);
	for (const group of byOrganisation.values()) {
		const [{ workspaceId, tenantId, category }] = group as [NewEvent];
		const entity = entityOfCategory(category)?.entity;
		if (entity === undefined) continue;
		const rows = await tx
			.selectFrom('record_states as r')
			.innerJoin('connections as c', (join) =>
				join
					.onRef('c.workspace_id', '=', 'r.workspace_id')
					.onRef('c.tenant_id', '=', 'r.tenant_id'),
			)
			.select(['r.xero_id', 'r.told_event', 'r.told_at', 'r.told_open'])
			.where('r.workspace_id', '=', workspaceId)
			.where('r.tenant_id', '=', tenantId)
			.where('r.entity', '=', entity)
			.where('r.xero_id', 'in', [...new Set(group.map(({ resourceId }) => resourceId))])
			.where('r.told_event', 'is not', null)
			.where((e) => e('r.epoch', '=', e.fn.coalesce('c.record_epoch', 'c.id')))
			.execute();
		for (const row of rows) {
			told.set(`${workspaceId} ${tenantId} ${category} ${row.xero_id}`, {
				eventId: row.told_event ?? '',
				at: row.told_at,
				isOpen: row.told_open === 1,
				entity,
			});
		}
	}
	const got = await deliveriesOf(
		tx,
		[...told.values()].map(({ eventId }) => eventId),
	);
	const presumed = new Map<NewEvent, Told>();

	return {
		matchOf(event) {
			const key = `${event.workspaceId} ${event.tenantId} ${event.category} ${event.resourceId}`;
			const one = event.source === 'webhook' ? told.get(key) : undefined;
			const match = wasToldBefore(one ?? null, event.occurredAt);
			if (one === undefined || match === 'no') return null;
			if (match === 'presumably') {
				told.set(key, { ...one, isOpen: false });
				presumed.set(event, one);
			}
			return one.eventId;
		},
		hasGot: (eventId, subscriptionId) => got.has(`${eventId} ${subscriptionId}`),
		async close(inserted) {
			for (const event of inserted) {
				const one = presumed.get(event);
				if (one === undefined) continue;
				await tx
					.updateTable('record_states')
					.set({ told_open: 0 })
					.where('workspace_id', '=', event.workspaceId)
					.where('tenant_id', '=', event.tenantId)
					.where('entity', '=', one.entity)
					.where('xero_id', '=', event.resourceId)
					.where('told_event', '=', one.eventId)
					.execute();
			}
		},
	};
}

interface Told {
	readonly eventId: string;
	readonly at: number | null;
	readonly isOpen: boolean;
	readonly entity: string;
}

async function deliveriesOf(
	tx: Transaction<Tables>,
	eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
	if (eventIds.length === 0) return new Set();
	const rows = await tx
		.selectFrom('deliveries')
		.select(['event_id', 'subscription_id'])
		.where('event_id', 'in', [...new Set(eventIds)])
		.execute();
	return new Set(rows.map((row) => `${row.event_id} ${row.subscription_id}`));
}
