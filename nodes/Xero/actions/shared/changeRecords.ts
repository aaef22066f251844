import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../batching/ItemOutcome';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { fetchByWhere } from './fetchByWhere';
import { fetchRecords } from './fetchRecords';
import type { OperationRun } from './OperationRun';
import { recordsOfItems, type GetPlan } from './readByIds';
import { writeRecords, type WritePlan } from './writeRecords';

export type ChangePlan = Pick<GetPlan, 'collection' | 'idOf'> &
	Pick<WritePlan, 'asked' | 'present'> & {
		/** What to send, seen the record as Xero has it now; its id is added. */
		readonly change: (
			record: IDataObject,
			item: number,
		) => Outcome<Readonly<Record<string, unknown>>>;
	};

/** Reads the record that each item names, then writes what its present state asks for. */
export async function changeRecords(run: OperationRun, plan: ChangePlan): Promise<OperationResult> {
	const { collection, change, asked, present } = plan;
	const records = await recordsOfItems(
		run,
		plan,
		collection.bulkWhere === true ? fetchByWhere : fetchRecords,
	);
	return await writeRecords(run, {
		collection,
		method: 'POST',
		asked,
		present,
		build(item) {
			const record = records[item];
			if (record === undefined) return refuseInput(`The ${collection.label} was not read`);
			if (!record.ok) return record;
			const changed = change(record.value, item);
			return changed.ok
				? success({ ...changed.value, [collection.idField]: record.value[collection.idField] })
				: changed;
		},
	});
}
