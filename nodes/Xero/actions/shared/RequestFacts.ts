import type { XeroRequest } from '../../transport/XeroTransport';
import type { XeroCollection } from './XeroCollection';

/** How an operation speaks to Xero: shown in the documentation, and held against what it sends. */
export interface RequestFacts {
	readonly method: XeroRequest['method'];
	/** Below Xero's host, a record's id as `{ID}`. */
	readonly path: string;
	/** What travels in one request. */
	readonly carries:
		'50 items' | '40 ids' | '1,000 records' | '100 records' | 'the whole list' | '1 item';
}

/** Up to 50 items in one request, each with its own fate. */
export function batchedWrite(
	method: 'PUT' | 'POST',
	{ path }: Pick<XeroCollection, 'path'>,
): RequestFacts {
	return { method, path, carries: '50 items' };
}

/** Up to 40 records by their ids in one request; Invoices and Contacts only. */
export function bulkRead({ path }: Pick<XeroCollection, 'path'>): RequestFacts {
	return { method: 'GET', path, carries: '40 ids' };
}

export function listRead({ path, paging }: Pick<XeroCollection, 'path' | 'paging'>): RequestFacts {
	const carries = { sized: '1,000 records', fixed: '100 records', none: 'the whole list' } as const;
	return { method: 'GET', path, carries: carries[paging ?? 'sized'] };
}

/** One request for each item. */
export function singleCall(method: RequestFacts['method'], path: string): RequestFacts {
	return { method, path, carries: '1 item' };
}
