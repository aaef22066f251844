import type { IDataObject } from 'n8n-workflow';

import { groupByOrganisation } from '../batching/groupByOrganisation';
import { success, type Outcome } from '../errors/failure';
import { forItem } from '../run/forItem';
import { done, failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { fetchRecords } from './fetchRecords';
import type { XeroCollection } from './XeroCollection';

export interface GetPlan {
	readonly collection: XeroCollection;
	/** The id an item asks for, in lower case. */
	readonly idOf: (item: number) => Outcome<string>;
	readonly present: (record: IDataObject, item: number) => IDataObject;
}

interface Wish {
	readonly item: number;
	readonly tenantId: string;
	readonly id: string;
}

/** Reads one record for each item in as few requests as Xero allows; each id is asked for once. */
export async function readByIds(run: OperationRun, plan: GetPlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const records = await recordsOfItems(run, plan);
	records.forEach((record, item) => {
		if (record === undefined) return;
		outcomes[item] = record.ok ? done(plan.present(record.value, item)) : failed(record.failure);
	});
	return { effect: 'read', outcomes };
}

/**
 * The record that each item names. Where the run stops at the first failure and an item names none,
 * nothing is read: the other items are then `undefined`.
 */
export async function recordsOfItems(
	run: OperationRun,
	{ collection, idOf }: Pick<GetPlan, 'collection' | 'idOf'>,
	fetch = fetchRecords,
): Promise<ReadonlyArray<Outcome<IDataObject> | undefined>> {
	const records: Array<Outcome<IDataObject> | undefined> = Array.from(
		{ length: run.itemCount },
		() => undefined,
	);
	const wishes: Wish[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const wish = await forItem<Wish>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const id = idOf(item);
			return id.ok ? success({ item, tenantId: tenantId.value, id: id.value }) : id;
		});
		if (wish.ok) wishes.push(wish.value);
		else records[item] = wish;
	}
	if (run.stopsAtFirstFailure && wishes.length < run.itemCount) return records;
	for (const { tenantId, members } of groupByOrganisation(wishes)) {
		const ids = members.map(({ id }) => id);
		const found = await fetch(run, collection, tenantId, ids);
		for (const { item, id } of members) records[item] = found.get(id);
	}
	return records;
}
