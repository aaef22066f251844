import type { Reply } from '../../http/Reply';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { dateString, msDateTime } from '../../resource/xeroDate';
import type { HistoryEntry } from '../../world/RecordHistory';
import { readElements } from '../../writing/readElements';
import { writeElements } from '../../writing/writeElements';
import { hostRecord, hosts, type Host } from './hosts';

/** Xero's limit for one note. */
const MAX_DETAILS = 2_500;

/** `/{Host}/{id}/History`: what happened to a record, and notes. Nothing in it can be changed. */
export const history: ApiResource = {
	name: 'HistoryRecords',
	scopes: [],
	routes: hosts
		.filter((host) => host.history)
		.flatMap((host) => [
			{
				method: 'GET' as const,
				path: `/${host.name}/:id/History`,
				scopes: host.scopes,
				handle: (call: ApiCall) => list(call, host),
			},
			{
				method: 'PUT' as const,
				path: `/${host.name}/:id/History`,
				scopes: host.scopes,
				handle: (call: ApiCall) => add(call, host),
			},
		]),
};

function list(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	if (record === undefined) return notFound();
	const entries = call.books.history.get(record.id)?.entries ?? [];
	// Seeded records were made without a request.
	const isSeeded = !entries.some(({ changes }) => changes === 'Created');
	const first = { changes: 'Created', details: '', atMs: entries[0]?.atMs ?? record.updatedMs };
	const all = isSeeded ? [first, ...entries] : entries;
	return envelope(call, 'HistoryRecords', [...all].reverse().map(present));
}

function add(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	if (record === undefined) return notFound();
	readElements(call.request, 'HistoryRecords');
	return writeElements(call, {
		collection: 'HistoryRecords',
		write(element) {
			const details = element['Details'];
			if (typeof details !== 'string' || details.trim() === '') {
				return { ok: false, messages: ['Details must be specified'], echo: element };
			}
			if (details.length > MAX_DETAILS) {
				const messages = [`Details must not be longer than ${MAX_DETAILS} characters`];
				return { ok: false, messages, echo: element };
			}
			const entry: HistoryEntry = { changes: 'Note', details, atMs: call.nowMs };
			remember(call, record.id, entry);
			return { ok: true, view: present(entry) };
		},
	});
}

/** Adds to the history of a record. */
export function remember({ books, transaction }: ApiCall, id: string, entry: HistoryEntry): void {
	const before = books.history.get(id)?.entries ?? [];
	transaction.put(books.history, { id, updatedMs: entry.atMs, entries: [...before, entry] });
}

function present({ changes, details, atMs }: HistoryEntry) {
	return {
		Changes: changes,
		DateUTCString: dateString(atMs),
		DateUTC: msDateTime(atMs),
		User: 'System Generated',
		Details: details,
	};
}
