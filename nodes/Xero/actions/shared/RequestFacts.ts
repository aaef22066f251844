import type { XeroRequest } from '../../transport/XeroTransport';
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
}

/** New records. */
export function createRequest(collection: XeroCollection): RequestFacts {
	return isMany(collection)
		? { method: 'PUT', path: collection.path, carries: '50 items' }
		: singleCall('PUT', collection.path);
}

/** Changes of records that are there; an endpoint that takes one names it in its address. */
export function updateRequest(collection: XeroCollection): RequestFacts {
	return isMany(collection)
		? { method: 'POST', path: collection.path, carries: '50 items' }
		: singleCall(
				'POST',
				collection.changesInCollection === true ? collection.path : `${collection.path}/{ID}`,
			);
}

/** Records by their ids. */
export function getRequest(collection: XeroCollection): RequestFacts {
	return collection.bulkIds === true
		? { method: 'GET', path: collection.path, carries: '40 ids' }
		: singleCall('GET', `${collection.path}/{ID}`);
}

export function listRequest({ path, paging = 'sized' }: XeroCollection): RequestFacts {
	const carries = {
		sized: '1,000 records',
		fixed: '100 records',
		after: '100 records',
		none: 'the whole list',
	} as const;
	return { method: 'GET', path, carries: carries[paging] };
}

/** One request for each item. */
export function singleCall(method: RequestFacts['method'], path: string): RequestFacts {
	return { method, path, carries: '1 item' };
}

function isMany({ writes = 'many' }: XeroCollection): boolean {
	return writes === 'many';
}
