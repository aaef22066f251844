import { keepsLines, replacesLines } from '../documents/existingLines';
import { givenLines, writeLines } from '../documents/lineItems';
import type { LineItemsKind } from '../documents/LineItemsKind';
import { refuseInput, type Outcome } from '../errors/failure';
import type { Field, Members } from '../fields/Field';
import { mapsValues } from '../fields/mappingOptions';
import { writeFields } from '../fields/writeFields';
import type { RecordKind } from '../kinds/RecordKind';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { inMappedValues, takeMembers } from './mappedValues';

export interface ChangedRecord {
	/** Fields below *Update Fields*, by name. */
	readonly fields: readonly Field[];
	readonly lines?: LineItemsKind;
	/** Checks or completes the change before it is sent. */
	readonly finish?: (record: Members, run: OperationRun, item: number) => Outcome<Members>;
}

/** What an item's fields change, without the id of the record. */
export function buildChange(
	run: OperationRun,
	item: number,
	{ fields, lines }: Pick<ChangedRecord, 'fields' | 'lines'>,
	{ codes }: Pick<RecordKind, 'codes'>,
): Outcome<Members> {
	const members = writeFields(fields, run.parameter('updateFields', item, {}));
	if (!members.ok) return members;
	if (lines === undefined) return takeMembers(run, item, members.value, codes);
	const linesOf = keepsLines(run, item, lines) ? givenLines : writeLines;
	const written = linesOf(
		lines,
		(name, fallback) => run.parameter(name, item, fallback),
		mapsValues(run, item),
	);
	if (!written.ok) return written;
	if (written.value[lines.member] === undefined && replacesLines(run, item, lines)) {
		return refuseInput(
			'No lines are given, and Xero keeps those that are there',
			'Give at least one line to replace them all, or set Line Items From to Leave as They Are.',
		);
	}
	return takeMembers(run, item, { ...members.value, ...written.value }, codes);
}

/** Runs `work` with the values of changes mapped where items want it. */
export async function inMappedChanges(
	run: OperationRun,
	kind: Pick<RecordKind, 'codes'>,
	changed: Pick<ChangedRecord, 'fields' | 'lines'>,
	work: (run: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	return await inMappedValues(run, (one, item) => buildChange(one, item, changed, kind), work);
}
