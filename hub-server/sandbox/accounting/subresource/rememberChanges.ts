import type { ApiCall } from '../../resource/ApiResource';
import { remember } from './history';

/** Writes down, for every record that a request made or changed, that it did. */
export function rememberChanges(call: ApiCall): void {
	const { app, books, transaction, nowMs } = call;
	for (const { table, id, isNew } of [...transaction.changes]) {
		if (table === books.history || table === books.files) continue;
		const changes = isNew ? 'Created' : 'Edited';
		const details = `Received through the Xero API from ${app.name}`;
		remember(call, id, { changes, details, atMs: nowMs });
	}
}
