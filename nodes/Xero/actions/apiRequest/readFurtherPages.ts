import type { IDataObject } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../../errors/failure';
import type { AnsweredReply, XeroRequest } from '../../transport/XeroTransport';
import { explainFor } from '../shared/explainFor';
import type { OperationRun } from '../shared/OperationRun';
import { readCollection } from '../shared/readCollection';

/** What every list of Xero's has on a page unless `pageSize` says otherwise. */
const USUAL_PAGE_SIZE = 100;

/**
 * All records of a list whose first page is there. A list that was asked for without `page` is whole
 * already, unless it is full or says how many pages it has.
 */
export async function readFurtherPages(
	run: OperationRun,
	request: XeroRequest,
	{ name, first }: { readonly name: string; readonly first: AnsweredReply },
): Promise<Outcome<IDataObject[]>> {
	const pageSize = Number(request.query?.pageSize ?? USUAL_PAGE_SIZE);
	const records: IDataObject[] = [];
	let page = Number(request.query?.page ?? 1);
	let reply = first;
	for (;;) {
		const answer = readCollection(reply, name);
		for (const record of answer?.records ?? []) records.push(record);
		const isPaged = request.query?.page !== undefined || answer?.pageCount !== undefined;
		const isLast =
			answer === undefined ||
			(answer.pageCount === undefined
				? answer.records.length < pageSize
				: page >= answer.pageCount);
		if (!isPaged || isLast) return success(records);
		page += 1;
		const next = await run.transport.send({
			...request,
			query: { ...request.query, page: String(page) },
		});
		if (next.kind !== 'answered' || next.status !== 200) {
			const { tenantId } = request;
			return refuse(explainFor(run, next, { tenantId, effect: 'read' }).failure);
		}
		reply = next;
	}
}
