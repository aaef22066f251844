import type { IDataObject } from 'n8n-workflow';

import { updatedAt, type ChangeCursor } from '../../hub-server/protocol/xero';
import { success, type Outcome } from '../Xero/errors/failure';
import type { ListQuery } from '../Xero/requests/ListQuery';
import { readPage, type PageReader } from '../Xero/requests/readPage';
import { walkChanges } from '../Xero/requests/walkChanges';
import { advancePosition, cursorOf, type ListPosition } from './ListPosition';
import type { WatchedList } from './watchedLists';

/** Ten pages of 1,000, or of 100 where Xero gives no larger ones (quotes). */
const BASELINE_PAGES = 10;

/**
 * What the records of a list are now: those that changed last, `limit` of them. What changes while they
 * are read is read once more in the order of change, so that nothing falls between two pages.
 */
export async function readBaseline(
	reader: PageReader,
	watched: WatchedList,
	tenantId: string,
	limit: number,
): Promise<Outcome<ListPosition>> {
	const { collection } = watched;
	const { idField } = collection;
	const records: IDataObject[] = [];
	let clockMs: number | undefined;
	let isWhole = false;
	let before: readonly IDataObject[] | undefined;
	for (let page = 1; page <= BASELINE_PAGES && !isWhole && records.length < limit; page += 1) {
		const list = queryOf(watched, 'UpdatedDateUTC DESC', limit);
		const answer = await readPage(reader, collection, tenantId, list, { page, before });
		if (!answer.ok) return answer;
		records.push(...answer.value.records);
		clockMs ??= answer.value.clockMs;
		isWhole = answer.value.isLast;
		before = answer.value.records;
	}
	const newest = records.reduce((latest, record) => Math.max(latest, updatedAt(record)), 0);
	const empty: ListPosition = { until: 0, states: new Map(), isWhole };
	const cursor: ChangeCursor = { until: clockMs ?? newest, seen: [] };
	const first = advancePosition(empty, { records, cursor }, { idField, limit });
	const meanwhile = await readChangesOf(reader, watched, tenantId, first, Infinity);
	if (!meanwhile.ok) return meanwhile;
	return success(advancePosition(first, meanwhile.value, { idField, limit }));
}

/** What of a list changed after a position. */
export interface ReadChanges {
	/** Oldest change first. */
	readonly records: readonly IDataObject[];
	/** Absent where nothing changed. */
	readonly cursor?: ChangeCursor;
}

/** @param room how many records at most; more are left for the next time */
export async function readChangesOf(
	reader: PageReader,
	watched: WatchedList,
	tenantId: string,
	position: ListPosition,
	room: number,
): Promise<Outcome<ReadChanges>> {
	const records: IDataObject[] = [];
	const { collection } = watched;
	const list = queryOf(watched, 'UpdatedDateUTC ASC', room);
	const walked = await walkChanges(
		reader,
		{ collection, tenantId, list },
		cursorOf(position),
		(given) => records.push(...given),
	);
	return walked.ok ? success({ records, cursor: walked.value }) : walked;
}

/** The record of an entity that changed last; `undefined` where there is none. */
export async function readLatest(
	reader: PageReader,
	watched: WatchedList,
	tenantId: string,
	entity: string,
): Promise<Outcome<IDataObject | undefined>> {
	const { collection, whereOf } = watched;
	const { query, ...list } = queryOf(watched, 'UpdatedDateUTC DESC', 1);
	const where = whereOf(entity);
	const wish = { ...list, query: { ...query, ...(where !== undefined && { where }) } };
	const answer = await readPage(reader, collection, tenantId, wish, { page: 1 });
	if (!answer.ok) return answer;
	return success([...answer.value.records].sort((a, b) => updatedAt(b) - updatedAt(a))[0]);
}

/** Of a list that Xero gives whole, only the order of its own. */
function queryOf({ collection, query }: WatchedList, order: string, limit: number): ListQuery {
	return {
		limit,
		ids: [],
		query: collection.paging === 'none' ? query : { ...query, order },
	};
}
