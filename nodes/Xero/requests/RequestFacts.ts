import type { XeroRequest } from '../messages/XeroRequest';
import { scopeToRead } from './scopeToRead';
import type { XeroCollection } from './XeroCollection';

/** How an operation speaks to Xero: shown in the documentation, and held against what it sends. */
export interface RequestFacts {
	readonly method: XeroRequest['method'];
	/** Below Xero's host, a record's id as `{ID}`. */
	readonly path: string;
	/** What travels in one request. */
	readonly carries:
		| '50 items'
		| '40 ids'
		| '20 values'
		| '1,000 records'
		| '500 records'
		| '100 records'
		| 'the whole list'
		| '1 item';
	/** The least that the connection needs; absent where it needs none, or any. */
	readonly scope?: string;
}

/** How an operation speaks to the hub itself. */
export interface HubFacts {
	readonly method: RequestFacts['method'];
	/** Below the hub's address. */
	readonly path: string;
	/** What travels in one request. */
	readonly carries: '1 item' | '200 links' | '500 items';
}

/** New records. */
export function createRequest(collection: XeroCollection): RequestFacts {
	const { path, scope } = collection;
	return { method: 'PUT', path, carries: isMany(collection) ? '50 items' : '1 item', scope };
}

/** Changes of records that are there; an endpoint that takes one names it in its address. */
export function updateRequest(collection: XeroCollection): RequestFacts {
	const { path, scope, changesInCollection = false } = collection;
	if (isMany(collection)) return { method: 'POST', path, carries: '50 items', scope };
	return singleCall('POST', changesInCollection ? path : `${path}/{ID}`, scope);
}

/** Records by their ids. */
export function getRequest({ path, scope, bulkIds = false }: XeroCollection): RequestFacts {
	return bulkIds
		? { method: 'GET', path, carries: '40 ids', scope: scopeToRead(scope) }
		: singleCall('GET', `${path}/{ID}`, scope);
}

export function listRequest({ path, scope, paging = 'sized' }: XeroCollection): RequestFacts {
	const carries = {
		sized: '1,000 records',
		fixed: '100 records',
		after: '100 records',
		none: 'the whole list',
	} as const;
	return listOf(path, scope, carries[paging]);
}

/** A list, page by page or at once. */
export function listOf(
	path: string,
	scope: string,
	carries: RequestFacts['carries'],
): RequestFacts {
	return { method: 'GET', path, carries, scope: scopeToRead(scope) };
}

/**
 * One request for each item.
 *
 * @param scope to read and write with
 */
export function singleCall(
	method: RequestFacts['method'],
	path: string,
	scope?: string,
): RequestFacts {
	const least = scope === undefined || method !== 'GET' ? scope : scopeToRead(scope);
	return { method, path, carries: '1 item', scope: least };
}

function isMany({ writes = 'many' }: XeroCollection): boolean {
	return writes === 'many';
}
