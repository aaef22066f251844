import type { IDataObject } from 'n8n-workflow';

import { comparable, XERO_IDS_PER_REQUEST } from '../../../hub-server/protocol/xero';
import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { refuse, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { explainFor } from './explainFor';
import { inAddresses, type Address } from './inAddresses';
import { readCollection } from './readCollection';
import type { XeroCollection } from './XeroCollection';

/**
 * The records of one organisation with these ids, each asked for once: 40 in a request where Xero's
 * list takes ids, else one in a request and four at a time.
 *
 * @param ids in lower case
 */
export async function fetchRecords(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, Outcome<IDataObject>>> {
	const found = new Map<string, Outcome<IDataObject>>();
	const most = collection.bulkIds === true ? XERO_IDS_PER_REQUEST : 1;
	const batches = inAddresses([...new Set(ids)], most, (some) => addressOf(collection, some));
	await eachConcurrently(batches, CALLS_IN_FLIGHT, async (some) => {
		const records = await fetchSome(run, collection, tenantId, some);
		for (const id of some) found.set(id, outcomeOf(records, id, collection));
	});
	return found;
}

/** Archived records are asked for too: an id names a record, whatever its state. */
async function fetchSome(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	ids: readonly string[],
): Promise<Outcome<ReadonlyMap<string, IDataObject>>> {
	const { name, idField, scope } = collection;
	const reply = await run.transport.send({
		method: 'GET',
		tenantId,
		...addressOf(collection, ids),
	});
	const page = readCollection(reply, name);
	if (page !== undefined) {
		return success(new Map(page.records.map((record) => [comparable(record[idField]), record])));
	}
	return reply.kind === 'answered' && reply.status === 404
		? success(new Map())
		: refuse(explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure);
}

function addressOf(
	{ path, query, bulkIds = false }: XeroCollection,
	ids: readonly string[],
): Address {
	return bulkIds
		? { path, query: { ...query, IDs: ids.join(','), page: '1', includeArchived: 'true' } }
		: { path: `${path}/${encodeURIComponent(ids[0] ?? '')}`, query };
}

function outcomeOf(
	records: Outcome<ReadonlyMap<string, IDataObject>>,
	id: string,
	collection: XeroCollection,
): Outcome<IDataObject> {
	if (!records.ok) return records;
	const record = records.value.get(id);
	return record === undefined ? noSuchRecord(collection, id) : success(record);
}

export function noSuchRecord({ label }: XeroCollection, id: string): Outcome<never> {
	return refuse({
		kind: 'api',
		message: `Xero has no ${label} with the id ${id}`,
		description: 'Check the id, and that it belongs to the chosen organisation.',
		httpCode: '404',
	});
}
