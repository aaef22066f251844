import type { IDataObject } from 'n8n-workflow';

import { keepsLines } from '../documents/existingLines';
import { mergeLines } from '../documents/mergeLines';
import { success, type Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import { pickedId } from '../fields/Locator';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { changeRecords } from '../requests/changeRecords';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { buildChange, type ChangedRecord } from './buildChange';

/**
 * Reads the records that items change, then changes them; their lines stay unless they are given or
 * replaced.
 *
 * @param complete the change with what it has to repeat, or why it cannot be made
 */
export async function changeExisting(
	run: OperationRun,
	kind: RecordKind,
	changed: Pick<ChangedRecord, 'fields' | 'lines'>,
	complete: (record: IDataObject, change: Members) => Outcome<Members> = (_, change) =>
		success(change),
): Promise<OperationResult> {
	const { collection } = kind;
	const asked = new Map<number, Members>();
	return await changeRecords(run, {
		collection,
		present: presenter(run, kind),
		idOf: (item) => pickedId(run, kind.locator, item),
		asked: (item) => asked.get(item),
		change(record, item) {
			const change = buildChange(run, item, changed, kind);
			if (!change.ok) return change;
			asked.set(item, change.value);
			const merged = keepsLines(run, item, changed.lines)
				? mergeLines(record, change.value, collection.label)
				: change;
			return merged.ok ? complete(record, merged.value) : merged;
		},
	});
}
