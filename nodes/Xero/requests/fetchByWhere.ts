import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../hub-server/protocol/xero';
import { success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { fetchRecords, noSuchRecord } from './fetchRecords';
import { recordsHolding } from './recordsHolding';
import type { XeroCollection } from './XeroCollection';

/**
 * As {@link fetchRecords}, for lists that take no `IDs=`: 20 ids in a request, as conditions of `where`.
 * Records come as lists have them, with their lines and little of their contacts. Where Xero takes no
 * such filter, as of very large books, they are read one by one.
 */
export async function fetchByWhere(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, Outcome<IDataObject>>> {
	const { idField } = collection;
	const wanted = [...new Set(ids)];
	if (wanted.length === 1) return await fetchRecords(run, collection, tenantId, wanted);
	const found = await recordsHolding(run, {
		collection,
		tenantId,
		values: wanted,
		queryOf: (some) => ({ where: some.map((id) => `${idField}==Guid("${id}")`).join(' OR ') }),
		valueOf: (record) => record[idField],
	});
	const read = new Map(
		wanted.map((id) => {
			const records = found.get(comparable(id)) ?? success([]);
			if (!records.ok) return [id, records];
			const [record] = records.value;
			return [id, record === undefined ? noSuchRecord(collection, id) : success(record)];
		}),
	);
	const refused = wanted.filter((id) => isRefusedFilter(read.get(id)));
	return new Map([...read, ...(await fetchRecords(run, collection, tenantId, refused))]);
}

function isRefusedFilter(record: Outcome<IDataObject> | undefined): boolean {
	return record?.ok === false && record.failure.httpCode === '400';
}
