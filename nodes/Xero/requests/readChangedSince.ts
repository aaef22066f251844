import type { IDataObject } from 'n8n-workflow';

import { asModifiedSince, updatedAt } from '../../../hub-server/protocol/xero';
import { refuse, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { readAllPages } from './readAllPages';
import { readPage } from './readPage';
import type { XeroCollection } from './XeroCollection';

export interface ChangedRecords {
	readonly records: readonly IDataObject[];
	/** Xero's time of the answer, in Unix milliseconds. */
	readonly clockMs: number;
}

/**
 * The records of one organisation that changed within the last `agoMs`, by Xero's own clock: the one of
 * this machine may be wrong. Refused where Xero's answer says no time.
 */
export async function readChangedSince(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	agoMs: number,
): Promise<Outcome<ChangedRecords>> {
	const isWhole = collection.paging === 'none';
	const list = { limit: isWhole ? Infinity : 1, query: {}, ids: [] };
	const first = await readPage(run, collection, tenantId, list, { page: 1 });
	if (!first.ok) return first;
	const { clockMs } = first.value;
	if (clockMs === undefined) return NO_TIME;
	const since = clockMs - agoMs;
	const listed = isWhole
		? success(first.value.records)
		: await readAllPages(run, collection, tenantId, byId(collection), asModifiedSince(since));
	if (!listed.ok) return listed;
	const records = listed.value.filter((record) => updatedAt(record) >= since);
	return listed.value.some((record) => updatedAt(record) === 0)
		? NO_TIME
		: success({ records, clockMs });
}

/** Nothing that comes in meanwhile moves a record to a page that was read. */
const byId = ({ idField, losesPagesInOrder }: XeroCollection): Readonly<Record<string, string>> =>
	losesPagesInOrder === true ? {} : { order: `${idField} ASC` };

const NO_TIME = refuse({
	kind: 'api',
	message: "Xero's answer does not say when its records changed",
});
