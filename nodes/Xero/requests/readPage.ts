import type { IDataObject } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { explainFor } from './explainFor';
import type { ListQuery } from './ListQuery';
import { readCollection } from './readCollection';
import { refuseRepeatedPage } from './refuseRepeatedPage';
import type { XeroCollection } from './XeroCollection';

/** Xero's largest page, and the only page of lists whose pages have one size. */
const MAX_PAGE_SIZE = 1000;
const FIXED_PAGE_SIZE = 100;

export interface ListPage {
	readonly records: readonly IDataObject[];
	readonly isLast: boolean;
	/** Xero's time of the answer, in Unix milliseconds; absent where it says none. */
	readonly clockMs?: number;
}

export interface PageWish {
	readonly page: number;
	/**
	 * The records of the page before: some lists go on after the last of them, and no page may repeat
	 * them. Absent where this page may.
	 */
	readonly before?: readonly IDataObject[];
}

/** What of a run a page is read with. */
export type PageReader = Pick<OperationRun, 'transport' | 'nowMs'>;

/** One page of a list of one organisation. */
export async function readPage(
	run: PageReader,
	collection: XeroCollection,
	tenantId: string,
	{ limit, query, ids, ifModifiedSince }: ListQuery,
	{ page, before }: PageWish,
): Promise<Outcome<ListPage>> {
	const { paging = 'sized', path, name, scope, idField } = collection;
	const pageSize = paging === 'sized' ? Math.min(limit, MAX_PAGE_SIZE) : FIXED_PAGE_SIZE;
	const reply = await run.transport.send({
		method: 'GET',
		path,
		tenantId,
		ifModifiedSince,
		query: {
			...collection.query,
			...query,
			...(ids.length === 0 ? {} : { IDs: ids.join(',') }),
			...positionOf(collection, page, pageSize, before?.at(-1)),
		},
	});
	const answer = readCollection(reply, name);
	if (answer === undefined) {
		return refuse(explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure);
	}
	const { records, pageCount = Infinity, clockMs } = answer;
	const repeated = refuseRepeatedPage(records, before, (record) => record[idField]);
	if (repeated !== undefined) return repeated;
	const isLast =
		paging === 'none' ||
		page >= pageCount ||
		records.length < pageSize ||
		isWhole(records.length, paging);
	return success({ records, isLast, clockMs });
}

/** More than the largest page: Xero has ignored the paging and given the whole list. */
function isWhole(count: number, paging: XeroCollection['paging']): boolean {
	return count > (paging === 'sized' ? MAX_PAGE_SIZE : FIXED_PAGE_SIZE);
}

/** Where the page begins, in the way that the list pages. */
function positionOf(
	{ paging = 'sized', offsetField = '' }: XeroCollection,
	page: number,
	pageSize: number,
	last: IDataObject | undefined,
): Readonly<Record<string, string>> {
	switch (paging) {
		case 'none':
			return {};
		case 'fixed':
			return { page: String(page) };
		case 'after':
			return last === undefined ? {} : { offset: String(last[offsetField]) };
		case 'sized':
			return { page: String(page), pageSize: String(pageSize) };
	}
}
