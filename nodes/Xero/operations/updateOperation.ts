import { anyKeepsLines, existingLinesField } from '../documents/existingLines';
import { inNamedDocuments } from '../documents/inNamedDocuments';
import { hasLineIds } from '../documents/LineItemsKind';
import { linesOfExisting } from '../documents/lineItemsProperties';
import { success } from '../errors/failure';
import { pickedId } from '../fields/Locator';
import { mappedWriteOptionsField, writeOptionsField } from '../fields/writeOptions';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { updateRequest } from '../requests/RequestFacts';
import { writeRecords } from '../requests/writeRecords';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { buildChange, inMappedChanges, type ChangedRecord } from './buildChange';
import { changeExisting } from './changeExisting';
import type { OperationModule } from './OperationModule';

/**
 * *Update*: changes one record for each item, or for all items that are lines of it; what is left out
 * keeps its value.
 */
export function updateOperation(kind: RecordKind, changed: ChangedRecord): OperationModule {
	const { fields, lines, finish } = changed;
	const { collection, locator } = kind;
	const sorted = [...fields].sort((a, b) =>
		a.property.displayName.localeCompare(b.property.displayName),
	);
	const description: OperationModule['description'] = [
		locator.field(`The ${collection.label} to change`),
		...(lines === undefined ? [] : linesOfExisting(lines)),
		...(lines !== undefined && hasLineIds(lines) ? [existingLinesField] : []),
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			description: 'Fields that are left out keep their values in Xero',
			options: sorted.map(({ property }) => ({ ...property, required: undefined })),
		},
		kind.codes === undefined ? writeOptionsField : mappedWriteOptionsField,
	];
	return {
		description,
		request: updateRequest(collection),
		execute: async (run) =>
			await inMappedDocuments(run, kind, changed, description, async (records) =>
				(await anyKeepsLines(records, lines))
					? await changeExisting(records, kind, changed)
					: await writeRecords(records, {
							collection,
							method: 'POST',
							present: presenter(records, kind),
							build(record) {
								const id = pickedId(records, kind.locator, record);
								if (!id.ok) return id;
								const members = buildChange(records, record, changed, kind);
								if (!members.ok) return members;
								const change = { ...members.value, [collection.idField]: id.value };
								return finish === undefined ? success(change) : finish(change, records, record);
							},
						}),
			),
	};
}

/** Runs `work` over the documents that items name, with the values of their changes mapped where they want it. */
export async function inMappedDocuments(
	run: OperationRun,
	kind: RecordKind,
	changed: Pick<ChangedRecord, 'fields' | 'lines'>,
	description: OperationModule['description'],
	work: (records: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	return await inNamedDocuments(
		run,
		kind.locator,
		description,
		async (records) => await inMappedChanges(records, kind, changed, work),
	);
}
