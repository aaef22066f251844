import { Readable } from 'node:stream';
import type { XeroApi } from '../../hub-server/src/xero/api/xeroApi';

/** What stands in one list of an organisation. */
export interface ListedRecord {
	readonly id: string;
	/** Epoch milliseconds. */
	readonly updatedAt: number;
	readonly members: Readonly<Record<string, unknown>>;
	/** Not in the list before. */
	readonly visibleAt?: number;
}

/**
 * Lists of one organisation that a test changes between two calls. In the order of change, with
 * `If-Modified-Since` in whole seconds, pages and `pagination`, as the sandbox has them; without its other rules,
 * so that thousands of records take no time.
 */
export function createChangingXero(now: () => number) {
	const lists = new Map<string, Map<string, ListedRecord>>();
	const calls: { readonly path: string; readonly since: string | undefined }[] = [];
	/** Called before each answer. */
	let before: (path: string) => void = () => undefined;

	function listOf(collection: string): Map<string, ListedRecord> {
		const list = lists.get(collection) ?? new Map<string, ListedRecord>();
		lists.set(collection, list);
		return list;
	}

	function answer(
		collection: string,
		query: URLSearchParams,
		id: string | undefined,
		since: string | undefined,
	) {
		const sinceMs = since === undefined ? -Infinity : Date.parse(`${since}Z`);
		const ids = id === undefined ? query.get('IDs')?.split(',') : [id];
		const listed = [...listOf(collection).values()]
			.filter(
				(one) =>
					one.updatedAt > sinceMs &&
					(one.visibleAt ?? 0) <= now() &&
					(ids === undefined || ids.includes(one.id)),
			)
			.sort((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1));
		const page = Number(query.get('page') ?? 1);
		const pageSize = Number(query.get('pageSize') ?? 100);
		const shown = query.has('page') ? listed.slice((page - 1) * pageSize, page * pageSize) : listed;
		return {
			DateTimeUTC: `/Date(${now()})/`,
			...(query.has('pageSize') && {
				pagination: {
					page,
					pageSize,
					pageCount: Math.ceil(listed.length / pageSize),
					itemCount: listed.length,
				},
			}),
			[collection === 'Statements' ? 'items' : collection]: shown.map(
				({ id: one, updatedAt, members }) => ({
					[`${collection.replace(/s$/, '')}ID`]: one,
					UpdatedDateUTC: `/Date(${updatedAt}+0000)/`,
					...members,
				}),
			),
		};
	}

	const api: Pick<XeroApi, 'send'> = {
		async send({ path, headers }) {
			const { pathname, searchParams } = new URL(path, 'http://xero');
			const [, , , segment = '', id] = pathname.split('/');
			const collection = segment === 'Organisation' ? 'Organisations' : segment;
			const since = headers?.['if-modified-since'] as string | undefined;
			calls.push({ path, since });
			before(path);
			const body = answer(collection, searchParams, id, since);
			return { status: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(body))]) };
		},
	};

	return {
		api,
		calls,
		listOf,
		put(collection: string, record: ListedRecord) {
			listOf(collection).set(record.id, record);
		},
		beforeEach(next: (path: string) => void) {
			before = next;
		},
	};
}

/** A GUID that sorts by its number. */
export function guid(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
