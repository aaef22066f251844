import { ANY_EVENT, RAW_EVENT, type RelayedEvent } from '../../hub-server/protocol';
import { refuseInput, success, type Outcome } from '../Xero/errors/failure';
import type { EventWish } from '../XeroTrigger/eventWish';
import type { HubDeliveries } from './hubDeliveries';
import { entityOfType } from './Watching';

/** What the hub lists of an event. */
interface ListedEvent {
	readonly id: string;
	readonly tenantId: string;
	/** As Xero's webhooks name it, such as `CREDITNOTE`. */
	readonly category: string;
	readonly change: string;
	readonly resourceId: string;
	readonly resourceUrl: string;
	readonly source: 'webhook' | 'sync';
	readonly occurredAt: string;
	readonly receivedAt: string;
}

/** How far back it is looked for. */
const LOOKED_AT = 200;

/**
 * *Fetch Test Event*: the latest event of the hub that could be one of those that are asked for, in the shape
 * in which it comes. No subscription is made, and the published workflow is not disturbed.
 */
export async function latestHubEvent(
	hub: Pick<HubDeliveries, 'read'>,
	{ events, tenantIds, hydrate }: EventWish,
): Promise<Outcome<RelayedEvent>> {
	if (events.length === 0) {
		return refuseInput('No event is chosen', 'Choose what starts the workflow.');
	}
	const read = await hub.read('events', { limit: String(LOOKED_AT) });
	if (!read.ok) return read;
	const listed = (read.value as { readonly items: readonly ListedEvent[] }).items;
	const found = listed
		.filter(({ tenantId }) => tenantIds.length === 0 || tenantIds.includes(tenantId))
		.flatMap((event) => {
			const type = events.find((asked) => couldBe(event, asked));
			return type === undefined ? [] : [{ event, type: typeOf(event, type) }];
		})
		.at(0);
	if (found === undefined) {
		return refuseInput(
			'The hub has not been told of such an event yet',
			'Change a record in Xero, wait until the hub lists the event, then fetch again.',
		);
	}
	const { event, type } = found;
	const entity = type === RAW_EVENT ? event.category.toLowerCase() : entityOfType(type);
	const known = hydrate
		? await hub.read(['records', event.tenantId, entity, event.resourceId].join('/'))
		: success(undefined);
	if (!known.ok) return known;
	const { record } = (known.value ?? {}) as { readonly record?: Record<string, unknown> | null };
	const workspace = await hub.read('workspace');
	if (!workspace.ok) return workspace;
	return success({
		id: event.id,
		type,
		workspace: (workspace.value as { readonly slug: string }).slug,
		tenant: { id: event.tenantId, name: null },
		source: event.source,
		occurredAt: event.occurredAt,
		receivedAt: event.receivedAt,
		types: [type],
		resource: { id: event.resourceId, url: event.resourceUrl, entity },
		...(record != null && { record }),
	});
}

/** Whether the event is asked for by this type, as far as a webhook alone can tell. */
function couldBe({ category, change }: ListedEvent, asked: string): boolean {
	if (asked === ANY_EVENT || asked === RAW_EVENT) return true;
	const entity = entityOfType(asked);
	const told = asked.slice(entity.length + 1);
	const isPlain = ['created', 'updated', 'deleted'].includes(told);
	const name = entity === 'bill' ? 'INVOICE' : entity.replaceAll('_', '').toUpperCase();
	return category.replaceAll('_', '') === name && (!isPlain || told === change);
}

function typeOf({ category, change }: ListedEvent, asked: string): string {
	return asked === ANY_EVENT ? `${category.toLowerCase()}.${change}` : asked;
}
