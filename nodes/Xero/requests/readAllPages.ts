import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { readPage } from './readPage';
import type { XeroCollection } from './XeroCollection';

/**
 * Every record of one organisation that a query finds.
 *
 * @param ifModifiedSince UTC, `YYYY-MM-DDTHH:MM:SS`
 */
export async function readAllPages(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	query: Readonly<Record<string, string>>,
	ifModifiedSince?: string,
): Promise<Outcome<readonly IDataObject[]>> {
	const list = { limit: Infinity, query, ids: [], ifModifiedSince };
	const records: IDataObject[] = [];
	let before: readonly IDataObject[] | undefined;
	for (let page = 1; ; page++) {
		const answer = await readPage(run, collection, tenantId, list, { page, before });
		if (!answer.ok) return answer;
		before = answer.value.records;
		for (const record of before) records.push(record);
		if (answer.value.isLast) return success(records);
	}
}
