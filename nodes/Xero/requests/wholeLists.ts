import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { readPage } from './readPage';
import type { XeroCollection } from './XeroCollection';

/** The records of a list of one organisation. */
export type WholeLists = (
	collection: XeroCollection,
	tenantId: string,
) => Promise<Outcome<readonly IDataObject[]>>;

/** Lists that Xero answers whole, such as the accounts: each is asked for once in a run. */
export function wholeLists(run: OperationRun): WholeLists {
	const asked = new Map<string, Promise<Outcome<readonly IDataObject[]>>>();
	return async (collection, tenantId) => {
		const key = `${tenantId} ${collection.path}`;
		const list = asked.get(key) ?? read(run, collection, tenantId);
		asked.set(key, list);
		return await list;
	};
}

async function read(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
): Promise<Outcome<readonly IDataObject[]>> {
	const everything = { limit: Infinity, query: {}, ids: [] };
	const page = await readPage(run, collection, tenantId, everything, { page: 1 });
	return page.ok ? success(page.value.records) : page;
}
