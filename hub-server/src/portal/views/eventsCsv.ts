import type { EventFilter, EventReader } from '../../events/eventReader';
import { csvLine } from '../../writes/csvLine';
import type { SummariseEvents } from './eventSummaries';
import { eventWords } from './eventWords';

/** A file of more is no list that a person reads; the API has all, page by page. */
export const CSV_ROWS = 10_000;

const ROWS_A_READ = 200;

const COLUMNS = [
	...['Received (UTC)', 'Event', 'Organisation', 'Record', 'Name', 'Amount', 'Currency'],
	...['Status', 'Source', 'Record id', 'Event id'],
];

/** Events, and what they are about. */
export interface NamedEvents {
	readonly events: Pick<EventReader, 'events' | 'eventsById'>;
	readonly summariseEvents: SummariseEvents;
}

/** How a list is written as CSV. */
export interface CsvWish<Filter> {
	readonly filter: Filter;
	readonly oldestFirst: boolean;
	nameOf(tenantId: string): string;
	/** Asked before each part: the file breaks off for who was removed meanwhile. */
	maySee(): Promise<boolean>;
}

/**
 * Events as CSV, {@link CSV_ROWS} at most; read as they are taken. Records are named by what the hub has: Xero is not
 * asked.
 */
export async function* eventsCsv(
	{ events, summariseEvents }: NamedEvents,
	workspaceId: string,
	{ filter, oldestFirst, nameOf, maySee }: CsvWish<EventFilter>,
): AsyncGenerator<string> {
	yield csvLine(COLUMNS);
	let cursor: string | undefined;
	for (let rows = 0; rows < CSV_ROWS; rows += ROWS_A_READ) {
		if (!(await maySee())) return;
		const page = await events.events(workspaceId, {
			...{ ...filter, oldestFirst, cursor, limit: ROWS_A_READ },
		});
		const ids = page.items.map(({ id }) => id);
		const stored = await events.eventsById(workspaceId, ids);
		const found = ids.flatMap((id) => stored.get(id) ?? []);
		const { summaries } = await summariseEvents(workspaceId, found, { asksXero: false });
		yield found
			.map((event) => {
				const { number, name, amount, currency, status } = summaries.get(event.id) ?? {};
				return csvLine([
					...[new Date(event.receivedAt).toISOString(), eventWords(event), nameOf(event.tenantId)],
					...[number ?? null, name ?? null, amount ?? null, currency ?? null, status ?? null],
					...[event.source, event.resourceId, event.id],
				]);
			})
			.join('');
		if (page.nextCursor === null) return;
		cursor = page.nextCursor;
	}
}
