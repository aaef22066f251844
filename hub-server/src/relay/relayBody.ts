import { RAW_EVENT, type RelayedEvent } from '../../protocol';
import type { StoredEvent } from '../events/StoredEvent';
import type { EventCause } from '../subscriptions/EventCause';
import type { ClassifiedType } from '../subscriptions/matchEvent';
import type { LoadedDelivery } from './DueDelivery';

/** What a body is made from. */
type ToldDelivery = Pick<
	LoadedDelivery,
	'event' | 'workspace' | 'tenantName' | 'links' | 'isReplay' | 'hasWaited'
> & { readonly subscription: Pick<LoadedDelivery['subscription'], 'hydrate'> };

/** The body of a delivery under the type that was decided for it. */
export function relayBody(
	{ event, subscription, workspace, tenantName, links, isReplay, hasWaited }: ToldDelivery,
	{ type, classified }: ClassifiedType,
): RelayedEvent {
	const data = type === RAW_EVENT ? event.original : event.original['data'];
	return {
		id: event.sameAs ?? event.id,
		type,
		workspace: workspace.slug,
		tenant: { id: event.tenantId, name: tenantName },
		source: isReplay ? 'replay' : event.source,
		occurredAt: new Date(event.occurredAt).toISOString(),
		receivedAt: new Date(event.receivedAt).toISOString(),
		types: [...new Set([type, ...event.types])],
		resource: { id: event.resourceId, url: event.resourceUrl, entity: entityOf(type, event) },
		links,
		...(data === undefined ? {} : { data }),
		...(subscription.hydrate && event.record ? { record: event.record } : {}),
		...(event.difference ?? {}),
		...(event.cause ? { causedBy: causedBy(event.cause) } : {}),
		...(hasWaited ? { whileUnpublished: true as const } : {}),
		...(classified ? {} : { classified: false }),
	};
}

function causedBy({ system, pushId, workflow, node }: EventCause): RelayedEvent['causedBy'] {
	return {
		...(system !== null && { system }),
		...(pushId !== null && { pushId }),
		...(workflow !== null && { workflow }),
		...(node !== null && { node }),
	};
}

function entityOf(type: string, { category }: StoredEvent): string {
	return type === RAW_EVENT ? category.toLowerCase() : type.slice(0, type.lastIndexOf('.'));
}
