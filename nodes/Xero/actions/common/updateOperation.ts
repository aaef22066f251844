import { success, type Outcome } from '../../errors/failure';
import type { Field, Members } from '../fields/Field';
import { lineItemsInput, type LineItemsKind } from '../fields/lineItems';
import { writeFields } from '../fields/writeFields';
import type { OperationModule } from '../shared/OperationModule';
import type { OperationRun } from '../shared/OperationRun';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { presentWritten } from './presentWritten';
import { idOf, type RecordKind } from './RecordKind';

export interface ChangedRecord {
	/** Fields below *Update Fields*, by name. */
	readonly fields: readonly Field[];
	readonly lines?: LineItemsKind;
	/** Checks or completes the change before it is sent. */
	readonly finish?: (record: Members, run: OperationRun, item: number) => Outcome<Members>;
}

/** *Update*: changes one record for each item; what is left out keeps its value. */
export function updateOperation(
	kind: RecordKind,
	{ fields, lines, finish }: ChangedRecord,
): OperationModule {
	const { collection, locator, resource } = kind;
	const sorted = [...fields].sort((a, b) =>
		a.property.displayName.localeCompare(b.property.displayName),
	);
	return {
		description: showFor(
			resource,
			['update'],
			[
				locator(`The ${collection.label} to change`),
				...(lines === undefined ? [] : lineItemsInput(lines).forExisting),
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					default: {},
					placeholder: 'Add Field',
					description: 'Fields that are left out keep their values in Xero',
					options: sorted.map(({ property }) => ({ ...property, required: undefined })),
				},
				writeOptionsField,
			],
		),
		request: updateRequest(collection),
		execute: async (run) =>
			await writeRecords(run, {
				collection,
				method: 'POST',
				present: presentWritten(run, kind),
				build(item) {
					const id = idOf(run, kind, item);
					if (!id.ok) return id;
					const record = writeFields(sorted, run.parameter('updateFields', item, {}));
					if (!record.ok) return record;
					const written =
						lines === undefined
							? success({})
							: lineItemsInput(lines).write((name, fallback) =>
									run.parameter(name, item, fallback),
								);
					if (!written.ok) return written;
					const change = { ...record.value, ...written.value, [collection.idField]: id.value };
					return finish === undefined ? success(change) : finish(change, run, item);
				},
			}),
	};
}
