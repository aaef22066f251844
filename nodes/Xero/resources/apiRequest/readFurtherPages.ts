import type { IDataObject } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../../errors/failure';
import type { AnsweredReply } from '../../messages/XeroReply';
import type { XeroRequest } from '../../messages/XeroRequest';
import { explainFor } from '../../requests/explainFor';
import { refuseRepeatedPage } from '../../requests/refuseRepeatedPage';
import type { OperationRun } from '../../run/OperationRun';
import { answeredList, type AnsweredList } from './answeredList';
import { pagingOf, type Paging } from './pagingOf';

/** The query with the place at which a paged list starts, where the user names none. */
export function fromStart(
	path: string,
	query: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const paging = pagingOf(path);
	return paging === undefined ? query : { [paging.by]: paging.start, ...query };
}

/** All records of a list, of which the first page is there already. */
export async function readFurtherPages(
	run: OperationRun,
	request: XeroRequest,
	first: AnsweredReply,
): Promise<Outcome<IDataObject[]>> {
	const paging = pagingOf(request.path);
	const records: IDataObject[] = [];
	let place = Number(paging === undefined ? 0 : request.query?.[paging.by]);
	let list = answeredList(first.body);
	let before: AnsweredList | undefined;
	while (list !== undefined) {
		const repeated = refuseRepeatedPage(list.records, before?.records, JSON.stringify);
		// Of the newer APIs' lists it is not known which are paged: some answer every page with all they have.
		if (repeated !== undefined && paging?.isKnown === true) return repeated;
		if (repeated !== undefined) break;
		for (const record of list.records) records.push(record);
		if (paging === undefined || isLast(paging, place, list)) break;
		place = paging.by === 'page' ? place + 1 : Number(list.records.at(-1)?.JournalNumber);
		const next = await run.transport.send({
			...request,
			query: { ...request.query, [paging.by]: String(place) },
		});
		if (next.kind !== 'answered' || next.status < 200 || next.status > 299) {
			const { tenantId } = request;
			return refuse(explainFor(run, next, { tenantId, effect: 'read' }).failure);
		}
		before = list;
		list = answeredList(next.body);
	}
	return success(records);
}

function isLast({ by, full }: Paging, place: number, list: AnsweredList): boolean {
	if (list.records.length === 0) return true;
	return by === 'page' && list.pageCount !== undefined
		? place >= list.pageCount
		: list.records.length < full;
}
