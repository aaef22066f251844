import { inNewDocuments } from '../documents/inNewDocuments';
import { writeLines } from '../documents/lineItems';
import type { LineItemsKind } from '../documents/LineItemsKind';
import { linesOfNew } from '../documents/lineItemsProperties';
import { success, type Outcome } from '../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeFields } from '../fields/writeFields';
import { mapsValues } from '../fields/mappingOptions';
import { mappedWriteOptionsField, writeOptionsField } from '../fields/writeOptions';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { createRequest } from '../requests/RequestFacts';
import { writeRecords } from '../requests/writeRecords';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { inMappedValues, takeMembers } from './mappedValues';
import type { OperationModule } from './OperationModule';

export interface NewRecord {
	/** Fields that stand on their own, the required ones first. */
	readonly own: readonly Field[];
	/** Fields below *Additional Fields*. */
	readonly more: readonly Field[];
	/** Whether the record has lines, and what a line of it holds. */
	readonly lines?: LineItemsKind;
	/** Checks or completes the record before it is sent. */
	readonly finish?: (record: Members, run: OperationRun, item: number) => Outcome<Members>;
}

/** *Create*: one new record for each item, or for each group of items that are its lines. */
export function createOperation(kind: RecordKind, fields: NewRecord): OperationModule {
	const { own, more, lines } = fields;
	const description: OperationModule['description'] = [
		...own.map(({ property }) => property),
		...(lines === undefined ? [] : linesOfNew(lines)),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: more.map(({ property }) => property),
		},
		kind.codes === undefined ? writeOptionsField : mappedWriteOptionsField,
	];
	return {
		description,
		request: createRequest(kind.collection),
		execute: async (run) =>
			await inNewDocuments(
				run,
				description,
				async (documents) =>
					await inMappedNew(
						documents,
						kind,
						fields,
						async (mapped) =>
							await writeRecords(mapped, {
								collection: kind.collection,
								method: 'PUT',
								build: (document) => buildNew(mapped, document, fields, kind),
								present: presenter(mapped, kind),
							}),
					),
			),
	};
}

/** Runs `work` with the values of new records mapped where items want it. */
export async function inMappedNew(
	run: OperationRun,
	kind: Pick<RecordKind, 'codes'>,
	fields: NewRecord,
	work: (run: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	return await inMappedValues(run, (one, item) => buildNew(one, item, fields, kind), work);
}

/** The record that an item's fields describe. */
export function buildNew(
	run: OperationRun,
	item: number,
	{ own, more, lines, finish }: NewRecord,
	{ codes }: Pick<RecordKind, 'codes'>,
): Outcome<Members> {
	const values = Object.fromEntries(
		own.map(({ property: { name, default: fallback } }) => [
			name,
			run.parameter(name, item, fallback),
		]),
	);
	const main = writeFields(own, values);
	if (!main.ok) return main;
	const others = writeFields(more, run.parameter('additionalFields', item, {}));
	if (!others.ok) return others;
	const written =
		lines === undefined
			? success({})
			: writeLines(
					lines,
					(name, fallback) => run.parameter(name, item, fallback),
					mapsValues(run, item),
				);
	if (!written.ok) return written;
	const record = takeMembers(
		run,
		item,
		{ ...main.value, ...others.value, ...written.value },
		codes,
	);
	return !record.ok || finish === undefined ? record : finish(record.value, run, item);
}
