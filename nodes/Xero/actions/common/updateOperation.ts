import { success, type Outcome } from '../../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeLines } from '../fields/lineItems';
import type { LineItemsKind } from '../fields/LineItemsKind';
import { linesOfExisting } from '../fields/lineItemsProperties';
import { writeFields } from '../fields/writeFields';
import type { OperationModule } from '../shared/OperationModule';
import type { OperationRun } from '../shared/OperationRun';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { inNamedDocuments } from './inNamedDocuments';
import { presentWritten } from './presentWritten';
import { idOf, type RecordKind } from './RecordKind';

export interface ChangedRecord {
	/** Fields below *Update Fields*, by name. */
	readonly fields: readonly Field[];
	readonly lines?: LineItemsKind;
	/** Checks or completes the change before it is sent. */
	readonly finish?: (record: Members, run: OperationRun, item: number) => Outcome<Members>;
}

/**
 * *Update*: changes one record for each item, or for all items that are lines of it; what is left out
 * keeps its value.
 */
export function updateOperation(kind: RecordKind, changed: ChangedRecord): OperationModule {
	const { fields, lines, finish } = changed;
	const { collection, locator, resource } = kind;
	const sorted = [...fields].sort((a, b) =>
		a.property.displayName.localeCompare(b.property.displayName),
	);
	const description = showFor(
		resource,
		['update'],
		[
			locator(`The ${collection.label} to change`),
			...(lines === undefined ? [] : linesOfExisting(lines)),
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
	);
	return {
		description,
		request: updateRequest(collection),
		execute: async (run) =>
			await inNamedDocuments(
				run,
				kind,
				{ properties: description },
				async (records) =>
					await writeRecords(records, {
						collection,
						method: 'POST',
						present: presentWritten(records, kind),
						build(record) {
							const id = idOf(records, kind, record);
							if (!id.ok) return id;
							const members = buildChange(records, record, changed);
							if (!members.ok) return members;
							const change = { ...members.value, [collection.idField]: id.value };
							return finish === undefined ? success(change) : finish(change, records, record);
						},
					}),
			),
	};
}

/** What an item's fields change, without the id of the record. */
export function buildChange(
	run: OperationRun,
	item: number,
	{ fields, lines }: ChangedRecord,
): Outcome<Members> {
	const members = writeFields(fields, run.parameter('updateFields', item, {}));
	if (!members.ok || lines === undefined) return members;
	const written = writeLines(lines, (name, fallback) => run.parameter(name, item, fallback));
	return written.ok ? success({ ...members.value, ...written.value }) : written;
}
