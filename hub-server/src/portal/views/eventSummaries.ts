import type { Uptime } from '../../clock';
import type { StoredEvent } from '../../events/StoredEvent';
import { recordId } from '../../records/FoundRecord';
import type { KnownRecords } from '../../records/knownRecords';
import type { ReadRecords, RecordsById } from '../../records/readRecords';
import { recordSummary, type RecordSummary } from '../../records/recordSummary';
import { entityOfCategory } from '../../records/xeroEntities';
import type { ConnectionRows } from '../../xero/connections/connectionRows';
import type { ReadDayBudgets } from '../../xero/pacing/dayBudgets';

/** What events are about, by the id of the event; those of which nothing is known yet are not among them. */
export interface EventSummaries {
	readonly summaries: ReadonlyMap<string, RecordSummary>;
	/** Xero is being asked for some that are not known: they are there in a moment. */
	readonly isAsking: boolean;
}

/**
 * Tells what events are about: by the record that came with them, by the copy that is kept, or by what Xero was asked
 * for lately. It never waits for Xero: what is not known is asked for behind the page, by one call at most, once a minute
 * for an organisation, and only where its day has calls to spare.
 */
export type SummariseEvents = (
	workspaceId: string,
	events: readonly StoredEvent[],
	options?: { readonly asksXero: boolean },
) => Promise<EventSummaries>;

/** A page of names must not use up a day: below this, of 1,000 or 5,000, workflows have them all. */
const LEAST_CALLS_LEFT = 200;

/** Of all workspaces together; a summary is some 200 bytes. */
const REMEMBERED_AT_MOST = 20_000;

const REMEMBERED_FOR_MS = 10 * 60_000;

/** Between two questions about one organisation: who pages through a year of events asks once a minute. */
const ASK_AGAIN_MS = 60_000;

/** What one call by `IDs` takes. */
const ASKED_AT_ONCE = 40;

interface Remembered {
	/** Undefined: Xero does not know it. */
	readonly summary: RecordSummary | undefined;
	/** Of the monotonic clock. */
	readonly until: number;
}

export function createSummariseEvents(deps: {
	readonly knownRecords: Pick<KnownRecords, 'copies'>;
	readonly readRecords: ReadRecords;
	readonly connections: Pick<ConnectionRows, 'list'>;
	readonly readDayBudgets: ReadDayBudgets;
	readonly uptime: Uptime;
	/** Told of what went wrong behind the page. */
	onFault(cause: unknown): void;
}): SummariseEvents {
	const { knownRecords, readRecords, connections, readDayBudgets, uptime } = deps;
	const remembered = new Map<string, Remembered>();
	/** By the monotonic clock. */
	const askedAt = new Map<string, number>();

	function remember(key: string, summary: RecordSummary | undefined): void {
		remembered.delete(key);
		remembered.set(key, { summary, until: uptime() + REMEMBERED_FOR_MS });
		if (remembered.size <= REMEMBERED_AT_MOST) return;
		for (const oldest of remembered.keys()) {
			remembered.delete(oldest);
			break;
		}
	}

	function recall(key: string): Remembered | undefined {
		const found = remembered.get(key);
		return found !== undefined && found.until > uptime() ? found : undefined;
	}

	async function ask(workspaceId: string, of: EventsOfKind): Promise<void> {
		const place = `${workspaceId} ${of.tenantId} ${of.category}`;
		const ids = [...new Set(of.events.map(({ resourceId }) => recordId(resourceId)))].slice(
			0,
			ASKED_AT_ONCE,
		);
		const { tenantId, category } = of;
		const read = await readRecords({ workspaceId, tenantId, category, ids });
		const records = read.kind === 'impossible' ? (new Map() as RecordsById) : read.records;
		for (const id of ids) {
			const record = records.get(id);
			if (record !== undefined) remember(`${place} ${id}`, recordSummary(record));
			else if (read.kind === 'read') remember(`${place} ${id}`, undefined);
		}
	}

	/** The one question that this page may ask: of what it lacks most, where calls are to spare. */
	async function askFor(workspaceId: string, unknown: readonly EventsOfKind[]): Promise<boolean> {
		for (const of of unknown.toSorted((a, b) => b.events.length - a.events.length)) {
			// Without `IDs` each record would be a call.
			if (entityOfCategory(of.category)?.bulkQuery === undefined) continue;
			const turn = `${workspaceId} ${of.tenantId}`;
			if ((askedAt.get(turn) ?? -Infinity) + ASK_AGAIN_MS > uptime()) continue;
			if (!(await mayAsk(workspaceId, of.tenantId))) continue;
			askedAt.set(turn, uptime());
			ask(workspaceId, of).catch((cause: unknown) => deps.onFault(cause));
			return true;
		}
		return false;
	}

	async function mayAsk(workspaceId: string, tenantId: string): Promise<boolean> {
		const held = await connections.list(workspaceId);
		const connection = held.find((one) => one.tenantId === tenantId);
		if (connection === undefined || !connection.enabled || connection.status !== 'active') {
			return false;
		}
		const [budget] = await readDayBudgets([connection]);
		return budget === undefined || (budget.fullAt === undefined && budget.left > LEAST_CALLS_LEFT);
	}

	return async (workspaceId, events, { asksXero } = { asksXero: true }) => {
		const summaries = new Map<string, RecordSummary>();
		const lacking: EventsOfKind[] = [];
		for (const event of events) {
			if (event.record !== undefined) summaries.set(event.id, recordSummary(event.record));
		}
		for (const of of byKind(events.filter(({ id }) => !summaries.has(id)))) {
			const { tenantId, category } = of;
			const entity = entityOfCategory(category)?.entity;
			if (entity === undefined) continue;
			const ids = of.events.map(({ resourceId }) => resourceId);
			const copies = await knownRecords.copies(workspaceId, { tenantId, entity, ids });
			const unknown: StoredEvent[] = [];
			for (const event of of.events) {
				const id = recordId(event.resourceId);
				const copy = copies.get(id);
				const found = recall(`${workspaceId} ${tenantId} ${category} ${id}`);
				if (copy !== undefined) summaries.set(event.id, recordSummary(copy));
				else if (found === undefined) unknown.push(event);
				else if (found.summary !== undefined) summaries.set(event.id, found.summary);
			}
			if (unknown.length > 0) lacking.push({ ...of, events: unknown });
		}
		return { summaries, isAsking: asksXero && (await askFor(workspaceId, lacking)) };
	};
}

interface EventsOfKind {
	readonly tenantId: string;
	readonly category: string;
	readonly events: readonly StoredEvent[];
}

function byKind(events: readonly StoredEvent[]): readonly EventsOfKind[] {
	const kinds = Map.groupBy(events, ({ tenantId, category }) => `${tenantId} ${category}`);
	return [...kinds.values()].flatMap((of) => {
		const [first] = of;
		return first === undefined
			? []
			: [{ tenantId: first.tenantId, category: first.category, events: of }];
	});
}
