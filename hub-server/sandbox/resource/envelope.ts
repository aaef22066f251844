import { json, type Reply } from '../http/Reply';
import { randomGuid } from '../world/random';
import type { ApiCall } from './ApiResource';
import { msDateTimeBare } from './xeroDate';

export interface Pagination {
	readonly page: number;
	readonly pageSize: number;
	readonly pageCount: number;
	readonly itemCount: number;
}

/** A successful answer: the collection (or, where Xero answers so, one record) inside Xero's envelope. */
export function envelope(
	call: ApiCall,
	collection: string,
	elements: readonly unknown[] | Readonly<Record<string, unknown>>,
	pagination?: Pagination,
): Reply {
	return json(200, {
		// Quotes alone begin with it.
		...(collection === 'Quotes' && { SummarizeErrors: false }),
		Id: randomGuid(call.context.random),
		Status: 'OK',
		ProviderName: call.app.name,
		DateTimeUTC: msDateTimeBare(call.nowMs),
		...(pagination !== undefined && { pagination }),
		[collection]: elements,
	});
}
