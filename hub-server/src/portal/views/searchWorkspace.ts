import { alertTitle } from '../../alerts/alertTitle';
import { isGuid } from '../../records/isGuid';
import { entityOfCategory } from '../../records/xeroEntities';
import { NotFoundError } from '../../errors/requestErrors';
import type { StoredEvent } from '../../events/StoredEvent';
import type { RecordSummary } from '../../records/recordSummary';
import type { AlertLedger } from '../../alerts/alertLedger';
import type { EventReader } from '../../events/eventReader';
import type { DeliveryReader } from '../../relay/deliveryReader';
import type { SubscriptionStore } from '../../subscriptions/subscriptionStore';
import type { ApiKeyStore } from '../../workspaces/apiKeyStore';
import type { ConnectionRows } from '../../xero/connections/connectionRows';
import type { SummariseEvents } from './eventSummaries';
import { deliveryTarget } from './deliveryTarget';
import { eventWords } from './eventWords';
import { organisationNames } from './organisationNames';

/** What was found of one kind. */
export interface FoundGroup {
	readonly title: string;
	readonly items: readonly FoundItem[];
}

export interface FoundItem {
	readonly href: string;
	readonly label: string;
	readonly note: string;
}

/** What the search looks through; people and keys of the hub are not among it. */
interface SearchDeps {
	readonly events: Pick<EventReader, 'event' | 'events' | 'eventsById' | 'eventsOfId'>;
	readonly deliveries: Pick<DeliveryReader, 'delivery'>;
	readonly connections: Pick<ConnectionRows, 'list'>;
	readonly subscriptions: Pick<SubscriptionStore, 'list'>;
	readonly apiKeys: Pick<ApiKeyStore, 'list'>;
	readonly alerts: Pick<AlertLedger, 'listOpen'>;
	readonly summariseEvents: SummariseEvents;
}

/** Newest events whose records are held against what is searched: copies of records are sealed, so nothing can be indexed. */
const EVENTS_READ = 1_000;

const EVENTS_A_READ = 200;

const SHOWN = 8;

/**
 * What a workspace has by a name or an id: organisations, workflows, alerts, API keys for who may see them, events and
 * deliveries by id, records by id, and records by number or name among the newest 1,000 events. Xero is not asked.
 *
 * @param wanted trimmed, and not empty
 */
export async function searchWorkspace(
	deps: SearchDeps,
	workspace: { readonly id: string; readonly slug: string },
	wanted: string,
	{ administers }: { readonly administers: boolean },
): Promise<readonly FoundGroup[]> {
	const at = `/w/${workspace.slug}`;
	const [held, wishes, keys, open, nameOf, byId, records] = await Promise.all([
		deps.connections.list(workspace.id),
		deps.subscriptions.list(workspace.id),
		administers ? deps.apiKeys.list(workspace.id) : [],
		deps.alerts.listOpen(workspace.id),
		organisationNames(deps.connections, workspace.id),
		findById(deps, workspace.id, at, wanted),
		findRecords(deps, workspace.id, wanted),
	]);
	const has = holder(wanted);
	const groups: FoundGroup[] = [
		...byId,
		{
			title: 'Records',
			items: records.map(({ event, summary }) => ({
				href: recordHref(at, event),
				label: [summary.number, summary.name].filter(Boolean).join(' · '),
				note: `${eventWords(event)} · ${nameOf(event.tenantId)}`,
			})),
		},
		{
			title: 'Organisations',
			items: held
				.filter(({ tenantId, tenantName }) => has(tenantName, tenantId))
				.map(({ tenantId, tenantName }) => ({
					href: `${at}/organisations`,
					label: tenantName ?? tenantId,
					note: tenantId,
				})),
		},
		{
			title: 'Workflows',
			items: wishes
				.filter(({ url, key, id }) => has(url, key?.workflowId, id))
				.map((wish) => ({
					href: `${at}/deliveries?workflow=${encodeURIComponent(wish.id)}`,
					label: deliveryTarget(wish).name,
					note: wish.key === null ? 'Subscription' : `Workflow ${wish.key.workflowId}`,
				})),
		},
		{
			title: 'Alerts',
			items: open
				.filter(({ kind, message }) => has(alertTitle(kind), message))
				.map(({ kind, message }) => ({
					href: `${at}#alerts`,
					label: alertTitle(kind),
					note: message,
				})),
		},
		{
			title: 'API keys',
			items: keys
				.filter(({ name, id }) => has(name, id))
				.map(({ name, id }) => ({ href: `${at}/api-keys`, label: name, note: id })),
		},
	];
	return groups
		.map(({ title, items }) => ({ title, items: items.slice(0, SHOWN) }))
		.filter(({ items }) => items.length > 0);
}

/** Whether a name has all the words, in whatever order and case. */
export function holder(wanted: string): (...names: (string | null | undefined)[]) => boolean {
	const words = wanted.toLocaleLowerCase().split(/\s+/);
	return (...names) => {
		const text = names.filter(Boolean).join(' ').toLocaleLowerCase();
		return words.every((word) => text.includes(word));
	};
}

async function findById(
	deps: SearchDeps,
	workspaceId: string,
	at: string,
	wanted: string,
): Promise<readonly FoundGroup[]> {
	if (!isGuid(wanted)) return [];
	const id = wanted.toLowerCase();
	const held = await deps.connections.list(workspaceId);
	const tenantIds = held.map(({ tenantId }) => tenantId);
	const [event, delivery, about] = await Promise.all([
		foundOrNot(deps.events.event(workspaceId, id)),
		foundOrNot(deps.deliveries.delivery(workspaceId, id)),
		deps.events.eventsOfId(workspaceId, { tenantIds, id }),
	]);
	const [newest] = about;
	const asItem = (one: StoredEvent): FoundItem => ({
		href: `${at}/events/${one.id}`,
		label: eventWords(one),
		note: one.id,
	});
	return [
		{ title: 'Events', items: [...(event === undefined ? [] : [event]), ...about].map(asItem) },
		{
			title: 'Deliveries',
			items:
				delivery === undefined
					? []
					: [{ href: `${at}/deliveries/${delivery.id}`, label: 'Delivery', note: delivery.id }],
		},
		{
			title: 'Records',
			items:
				newest === undefined
					? []
					: [{ href: recordHref(at, newest), label: 'Record', note: newest.resourceId }],
		},
	];
}

async function findRecords(
	{ events, summariseEvents }: SearchDeps,
	workspaceId: string,
	wanted: string,
): Promise<readonly { readonly event: StoredEvent; readonly summary: RecordSummary }[]> {
	const has = holder(wanted);
	const found = new Map<string, { event: StoredEvent; summary: RecordSummary }>();
	let cursor: string | undefined;
	for (let read = 0; read < EVENTS_READ && found.size < SHOWN; read += EVENTS_A_READ) {
		const page = await events.events(workspaceId, { cursor, limit: EVENTS_A_READ });
		const stored = await events.eventsById(
			workspaceId,
			page.items.map(({ id }) => id),
		);
		const newest = page.items.flatMap(({ id }) => stored.get(id) ?? []);
		const { summaries } = await summariseEvents(workspaceId, newest, { asksXero: false });
		for (const event of newest) {
			const summary = summaries.get(event.id);
			const place = `${event.tenantId} ${event.resourceId}`;
			if (summary === undefined || found.has(place)) continue;
			if (has(summary.number, summary.name)) found.set(place, { event, summary });
		}
		if (page.nextCursor === null) break;
		cursor = page.nextCursor;
	}
	return [...found.values()];
}

/** Of what is no record, its newest event. */
function recordHref(at: string, { id, tenantId, category, resourceId }: StoredEvent): string {
	const entity = entityOfCategory(category)?.entity;
	if (entity === undefined) return `${at}/events/${id}`;
	return `${at}/records/${[tenantId, entity, resourceId].map(encodeURIComponent).join('/')}`;
}

async function foundOrNot<Found>(looking: Promise<Found>): Promise<Found | undefined> {
	try {
		return await looking;
	} catch (cause) {
		if (cause instanceof NotFoundError) return undefined;
		throw cause;
	}
}
