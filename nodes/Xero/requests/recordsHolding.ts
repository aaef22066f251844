import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../hub-server/protocol/xero';
import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { success, type Failure, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { inAddresses } from './inAddresses';
import { listAddress } from './listAddress';
import { readAllPages } from './readAllPages';
import type { XeroCollection } from './XeroCollection';

/** Records of one organisation that are looked up by something else than their ids. */
export interface ValueSearch {
	readonly collection: XeroCollection;
	readonly tenantId: string;
	readonly values: readonly string[];
	/** The list request that finds the records of some values. */
	readonly queryOf: (values: readonly string[]) => Readonly<Record<string, string>>;
	/** What a record holds. */
	readonly valueOf: (record: IDataObject) => unknown;
}

/** At most; fewer where they are long. */
export const VALUES_PER_REQUEST = 20;

/** The records that hold each value, by {@link comparable}; 20 values are looked up in a request. */
export async function recordsHolding(
	run: OperationRun,
	search: ValueSearch,
): Promise<ReadonlyMap<string, Outcome<readonly IDataObject[]>>> {
	const { collection, tenantId, queryOf, valueOf } = search;
	const values = [...new Map(search.values.map((value) => [comparable(value), value])).values()];
	const found = new Map<string, Outcome<readonly IDataObject[]>>();
	const orderedQuery = (some: readonly string[]) => ({
		...queryOf(some),
		order: `${collection.idField} ASC`,
	});
	const batches = inAddresses(values, VALUES_PER_REQUEST, (some) =>
		listAddress(collection, { query: orderedQuery(some), ids: [] }),
	);
	const read = async (some: readonly string[]) =>
		await readAllPages(run, collection, tenantId, orderedQuery(some));
	const keep = (some: readonly string[], records: Outcome<readonly IDataObject[]>) => {
		for (const value of some.map(comparable)) {
			const isHolder = (record: IDataObject) =>
				some.length === 1 || comparable(valueOf(record)) === value;
			found.set(value, records.ok ? success(records.value.filter(isHolder)) : records);
		}
	};
	await eachConcurrently(batches, CALLS_IN_FLIGHT, async (some) => {
		const records = await read(some);
		if (records.ok || some.length === 1 || !isRefusedFilter(records.failure)) {
			keep(some, records);
			return;
		}
		await eachConcurrently(some, CALLS_IN_FLIGHT, async (value) => {
			keep([value], await read([value]));
		});
	});
	return found;
}

/** One value may be at fault, or the books too large for an OR, which Xero has not optimised. */
function isRefusedFilter(failure: Failure): boolean {
	return failure.kind === 'api' && failure.httpCode === '400';
}
