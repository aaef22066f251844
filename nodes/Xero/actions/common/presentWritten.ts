import type { IDataObject } from 'n8n-workflow';

import type { OperationRun } from '../shared/OperationRun';
import { presenter } from '../shared/presenter';
import type { RecordKind } from './RecordKind';

/** A saved record as the workflow gets it. */
export function presentWritten(
	run: OperationRun,
	kind: RecordKind,
): (record: IDataObject, item: number) => IDataObject {
	return presenter(run, kind);
}
