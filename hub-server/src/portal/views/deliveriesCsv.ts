import type { DeliveryFilter, DeliveryReader } from '../../relay/deliveryReader';
import { csvLine } from '../../writes/csvLine';
import { CSV_ROWS, type CsvWish, type NamedEvents } from './eventsCsv';
import { eventWords } from './eventWords';

const ROWS_A_READ = 200;

const COLUMNS = [
	...['Created (UTC)', 'Finished (UTC)', 'Status', 'Attempts', 'Reason', 'To', 'Event'],
	...['Record', 'Name', 'Organisation', 'Event id', 'Delivery id', 'Replay of'],
];

const WORDS = {
	...{ delivered: 'Succeeded', dead: 'Failed', pending: 'Pending', waiting: 'Pending' },
	...{ filtered: 'Not sent', cancelled: 'Cancelled' },
} as const;

/** Deliveries as CSV, as `eventsCsv` writes events. @param wish `targetOf`: where a subscription's deliveries go */
export async function* deliveriesCsv(
	pages: NamedEvents & { readonly deliveries: Pick<DeliveryReader, 'deliveries'> },
	workspaceId: string,
	wish: CsvWish<DeliveryFilter> & { targetOf(subscriptionId: string): string },
): AsyncGenerator<string> {
	yield csvLine(COLUMNS);
	let cursor: string | undefined;
	for (let rows = 0; rows < CSV_ROWS; rows += ROWS_A_READ) {
		if (!(await wish.maySee())) return;
		const page = await pages.deliveries.deliveries(workspaceId, {
			...{ ...wish.filter, oldestFirst: wish.oldestFirst, cursor, limit: ROWS_A_READ },
		});
		const stored = await pages.events.eventsById(
			workspaceId,
			page.items.map(({ eventId }) => eventId),
		);
		const { summaries } = await pages.summariseEvents(workspaceId, [...stored.values()], {
			asksXero: false,
		});
		yield page.items
			.map((one) => {
				const event = stored.get(one.eventId);
				const { number = null, name = null } = summaries.get(one.eventId) ?? {};
				return csvLine([
					...[one.createdAt, one.finishedAt, WORDS[one.status], one.attempt, one.reason],
					...[wish.targetOf(one.subscriptionId), event === undefined ? null : eventWords(event)],
					...[number, name, event === undefined ? null : wish.nameOf(event.tenantId)],
					...[one.eventId, one.id, one.replayOf],
				]);
			})
			.join('');
		if (page.nextCursor === null) return;
		cursor = page.nextCursor;
	}
}
