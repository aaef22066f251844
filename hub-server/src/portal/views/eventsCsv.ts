import type { EventFilter } from '../../events/eventReader';
import { csvLine } from '../../writes/csvLine';
import type { WorkspacePages } from '../pages/workspacePages';
import { eventType, toName } from './eventRow';

/** What people open in a spreadsheet, which takes about a million; a longer file would hold the ledger for minutes. */
export const CSV_ROWS = 100_000;

const ROWS_A_READ = 200;

const COLUMNS = [
	...['received (UTC)', 'happened (UTC)', 'event id', 'type', 'source', 'organisation'],
	...['organisation id', 'number', 'name', 'amount', 'currency', 'status', 'record id'],
];

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
	{ events, readSummaries }: Pick<WorkspacePages, 'events' | 'readSummaries'>,
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
		const summaries = await readSummaries(workspaceId, found.map(toName));
		yield found
			.map((event) => {
				const { number, name, amount, currency, status } = summaries.of(toName(event)) ?? NAMELESS;
				return csvLine([
					...[iso(event.receivedAt), iso(event.occurredAt), event.id, eventType(event)],
					...[event.source, nameOf(event.tenantId), event.tenantId],
					...[number, name, amount, currency, status, event.resourceId],
				]);
			})
			.join('');
		if (page.nextCursor === null) return;
		cursor = page.nextCursor;
	}
}

const NAMELESS = { number: null, name: null, amount: null, currency: null, status: null };

function iso(at: number): string {
	return new Date(at).toISOString();
}
