import type { EventReader } from '../events/eventReader';
import type { KnownRecords, RecordView } from '../records/knownRecords';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Clock } from '../clock';

/** One line of an export: what it is, and its members. Never holds a secret. */
export interface ExportLine {
	readonly kind: string;
	readonly [member: string]: unknown;
}

/** Things of one organisation that an export holds, or those of none where there is no organisation. */
export interface ExportSource {
	readonly kind: string;
	/**
	 * A page of them in a fixed order.
	 *
	 * @param tenantId null: what belongs to no organisation yet
	 * @param after where the page before ended
	 */
	page(
		workspaceId: string,
		tenantId: string | null,
		after: unknown,
	): Promise<{ readonly items: readonly object[]; readonly next: unknown }>;
}

/**
 * Everything that the hub holds of a client, line by line: first who it is, last how many lines of each kind there
 * were, so that a file that was cut short shows it. Read page by page, so nothing is held in memory; it is no picture
 * of one moment.
 *
 * @param tenantId null: the whole workspace
 */
export type ExportClient = (
	workspace: Workspace,
	tenantId: string | null,
) => AsyncGenerator<ExportLine, void, undefined>;

export interface ExportClientDeps {
	readonly connections: Pick<ConnectionRows, 'list'>;
	readonly subscriptions: Pick<SubscriptionStore, 'list'>;
	readonly appKeys: Pick<AppKeyStore, 'view'>;
	readonly events: Pick<EventReader, 'events' | 'eventsById'>;
	readonly knownRecords: Pick<KnownRecords, 'list'>;
	readonly exportSources: readonly ExportSource[];
	readonly hubVersion: string;
	readonly now: Clock;
}

const FORMAT = 1;
const PAGE = 200;
/** Copies of invoices with many lines are large. */
const RECORDS_A_PAGE = 100;

export function createExportClient(deps: ExportClientDeps): ExportClient {
	const { connections, subscriptions, appKeys, now } = deps;
	const sources = [...deps.exportSources, recordSource(deps), eventSource(deps)];

	return async function* exportClient(workspace, tenantId) {
		const counts: Record<string, number> = {};
		const line = (kind: string, members: object): ExportLine => {
			counts[kind] = (counts[kind] ?? 0) + 1;
			return { kind, ...members };
		};
		const held = (await connections.list(workspace.id)).filter(
			(one) => tenantId === null || one.tenantId === tenantId,
		);
		yield {
			kind: 'export',
			format: FORMAT,
			hub: deps.hubVersion,
			madeAt: new Date(now()).toISOString(),
			workspace: { slug: workspace.slug, name: workspace.name },
			organisations: held.map(({ tenantId: id, tenantName }) => ({ tenantId: id, tenantName })),
		};
		for (const connection of held) yield line('organisation', organisationLine(connection));
		if (tenantId === null) {
			const { name, slug, n8nBaseUrls, quotas, createdAt } = workspace;
			const keys = await appKeys.view(workspace.id);
			yield line('workspace', {
				...{ slug, name, n8nBaseUrls, quotas, createdAt: new Date(createdAt).toISOString() },
				appKeys: keys && { clientId: keys.clientId, scopes: keys.scopes, tier: keys.tier },
			});
		}
		for (const wish of await subscriptions.list(workspace.id)) {
			const isAbout = tenantId === null || wish.tenantIds.includes(tenantId);
			// The path of a trigger's address is what keeps strangers out of it.
			const url = wish.delivery === 'pull' ? wish.url : new URL(wish.url).origin;
			if (isAbout) yield line('subscription', { ...wish, url });
		}
		for (const source of sources) {
			for (const id of tenantId === null
				? [null, ...held.map((one) => one.tenantId)]
				: [tenantId]) {
				let after: unknown;
				do {
					const { items, next } = await source.page(workspace.id, id, after);
					for (const item of items) yield line(source.kind, item);
					after = next;
				} while (after !== undefined);
			}
		}
		yield { kind: 'end', counts };
	};
}

function organisationLine(connection: Connection) {
	const { tenantId, tenantName, tenantType, enabled, syncs, status, createdAt } = connection;
	return {
		...{ tenantId, tenantName, tenantType, enabled, syncs, status },
		connectedAt: new Date(createdAt).toISOString(),
	};
}

/** Records as Xero last told them, where copies are kept. */
function recordSource({ knownRecords }: Pick<ExportClientDeps, 'knownRecords'>): ExportSource {
	return {
		kind: 'record',
		async page(workspaceId, tenantId, after) {
			if (tenantId === null) return { items: [] as RecordView[], next: undefined };
			const from = after as { readonly entity: string; readonly id: string } | undefined;
			return knownRecords.list(workspaceId, { tenantId, after: from, limit: RECORDS_A_PAGE });
		},
	};
}

/** Events as long as they are kept, newest first, with what changed. */
function eventSource({ events }: Pick<ExportClientDeps, 'events'>): ExportSource {
	return {
		kind: 'event',
		async page(workspaceId, tenantId, after) {
			if (tenantId === null) return { items: [], next: undefined };
			const cursor = after as string | undefined;
			const page = await events.events(workspaceId, { tenantId, cursor, limit: PAGE });
			const whole = await events.eventsById(
				workspaceId,
				page.items.map(({ id }) => id),
			);
			const items = page.items.map((view) => {
				const { types, difference, record, cause } = whole.get(view.id) ?? {};
				return { ...view, types, ...difference, record: record ?? null, causedBy: cause ?? null };
			});
			return { items, next: page.nextCursor ?? undefined };
		},
	};
}
