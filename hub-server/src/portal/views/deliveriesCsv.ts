import type { DeliveryFilter } from '../../relay/deliveryReader';
import { csvLine } from '../../writes/csvLine';
import type { WorkspacePages } from '../pages/workspacePages';
import { eventType, toName } from './eventRow';
import { CSV_ROWS, type CsvWish } from './eventsCsv';

const ROWS_A_READ = 200;

const COLUMNS = [
	...['created (UTC)', 'finished (UTC)', 'delivery id', 'status', 'attempts', 'reason', 'replay of'],
	...['workflow', 'event id', 'type', 'number', 'name', 'organisation', 'organisation id'],
];

const WORDS = {
	...{ delivered: 'succeeded', dead: 'failed', pending: 'pending', waiting: 'pending' },
	...{ filtered: 'not sent', cancelled: 'cancelled' },
} as const;

/** Deliveries as CSV, as `eventsCsv` writes events. @param wish `targetOf`: where a subscription's deliveries go */
export async function* deliveriesCsv(
	{
		events,
		deliveries,
		readSummaries,
	}: Pick<WorkspacePages, 'events' | 'deliveries' | 'readSummaries'>,
	workspaceId: string,
	wish: CsvWish<DeliveryFilter> & { targetOf(subscriptionId: string): string },
): AsyncGenerator<string> {
	yield csvLine(COLUMNS);
	let cursor: string | undefined;
	for (let rows = 0; rows < CSV_ROWS; rows += ROWS_A_READ) {
		if (!(await wish.maySee())) return;
		const page = await deliveries.deliveries(workspaceId, {
			...{ ...wish.filter, oldestFirst: wish.oldestFirst, cursor, limit: ROWS_A_READ },
		});
		const stored = await events.eventsById(
			workspaceId,
			page.items.map(({ eventId }) => eventId),
		);
		const summaries = await readSummaries(workspaceId, [...stored.values()].map(toName));
		yield page.items
			.map((one) => {
				const event = stored.get(one.eventId);
				const summary = event && summaries.of(toName(event));
				return csvLine([
					...[one.createdAt, one.finishedAt, one.id, WORDS[one.status], one.attempt],
					...[one.reason, one.replayOf, wish.targetOf(one.subscriptionId), one.eventId],
					...[event === undefined ? null : eventType(event)],
					...[summary?.number ?? null, summary?.name ?? null],
					...[event === undefined ? null : wish.nameOf(event.tenantId), event?.tenantId ?? null],
				]);
			})
			.join('');
		if (page.nextCursor === null) return;
		cursor = page.nextCursor;
	}
}
