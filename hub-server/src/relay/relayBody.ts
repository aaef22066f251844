import type { Selectable } from 'kysely';
import { RAW_EVENT, type RelayedEvent } from '../../protocol';
import type { Tables } from '../database/tables';
import { classifyDelivery, type MatchableSubscription } from '../subscriptions/matchEvent';

export interface RelayBodyInput {
	readonly event: Selectable<Tables['events']>;
	readonly subscription: MatchableSubscription;
	readonly workspaceSlug: string;
	readonly tenantName: string | null;
	readonly isReplay: boolean;
}

/** The body of a delivery, or null when the record shows that the subscription did not ask for it. */
export function relayBody(input: RelayBodyInput): RelayedEvent | null {
	const { event, subscription } = input;
	const record =
		event.record === null ? undefined : (JSON.parse(event.record) as Record<string, unknown>);
	const named = classifyDelivery(
		{ tenantId: event.tenant_id, category: event.category, change: event.change },
		subscription,
		record,
	);
	if (named === null) return null;

	const original = JSON.parse(event.original) as Record<string, unknown>;
	const data = named.type === RAW_EVENT ? original : original['data'];
	return {
		id: event.id,
		type: named.type,
		workspace: input.workspaceSlug,
		tenant: { id: event.tenant_id, name: input.tenantName },
		source: input.isReplay ? 'replay' : event.source,
		occurredAt: new Date(event.occurred_at).toISOString(),
		receivedAt: new Date(event.received_at).toISOString(),
		resource: {
			id: event.resource_id,
			url: event.resource_url,
			entity: entityOf(named.type, event),
		},
		...(data === undefined ? {} : { data }),
		...(subscription.hydrate && record ? { record } : {}),
		...(named.classified ? {} : { classified: false }),
	};
}

function entityOf(type: string, event: Selectable<Tables['events']>): string {
	return type === RAW_EVENT ? event.category.toLowerCase() : type.slice(0, type.lastIndexOf('.'));
}
