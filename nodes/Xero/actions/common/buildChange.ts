import { success, type Outcome } from '../../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeLines } from '../fields/lineItems';
import type { LineItemsKind } from '../fields/LineItemsKind';
import { writeFields } from '../fields/writeFields';
import type { OperationRun } from '../shared/OperationRun';

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
	const written = writeLines(lines, (name, fallback) => run.parameter(name, item, fallback));
	return written.ok ? success({ ...members.value, ...written.value }) : written;
}
