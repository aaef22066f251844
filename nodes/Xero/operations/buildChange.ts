import { keepsLines, replacesLines } from '../documents/existingLines';
import { givenLines, writeLines } from '../documents/lineItems';
import type { LineItemsKind } from '../documents/LineItemsKind';
import { refuseInput, success, type Outcome } from '../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeFields } from '../fields/writeFields';
import type { OperationRun } from '../run/OperationRun';

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
): Outcome<Members> {
	const members = writeFields(fields, run.parameter('updateFields', item, {}));
	if (!members.ok || lines === undefined) return members;
	const linesOf = keepsLines(run, item, lines) ? givenLines : writeLines;
	const written = linesOf(lines, (name, fallback) => run.parameter(name, item, fallback));
	if (!written.ok) return written;
	if (written.value[lines.member] === undefined && replacesLines(run, item, lines)) {
		return refuseInput(
			'No lines are given, and Xero keeps those that are there',
			'Give at least one line to replace them all, or set Line Items From to Leave as They Are.',
		);
	}
	return success({ ...members.value, ...written.value });
}
