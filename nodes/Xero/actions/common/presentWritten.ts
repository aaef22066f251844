import type { IDataObject } from 'n8n-workflow';

import type { OperationRun } from '../shared/OperationRun';
import { present } from '../shared/present';
import { readWriteOptions } from '../shared/writeOptions';
import type { RecordKind } from './RecordKind';

/** A saved record as the workflow gets it. */
export function presentWritten(
	run: OperationRun,
	{ simplify }: RecordKind,
): (record: IDataObject, item: number) => IDataObject {
	return (record, item) =>
		present(record, {
			raw: false,
			simplify: readWriteOptions(run, item).simplify ? simplify : undefined,
		});
}
