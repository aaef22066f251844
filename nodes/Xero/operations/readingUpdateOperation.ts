import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import type { RecordKind } from '../kinds/RecordKind';
import type { ChangedRecord } from './buildChange';
import { changeExisting } from './changeExisting';
import type { OperationModule } from './OperationModule';
import { inMappedDocuments, updateOperation } from './updateOperation';

/**
 * *Update* of a kind whose changes have to repeat some of the record: it is read first.
 *
 * @param complete the change with what it has to repeat, or why it cannot be made
 */
export function readingUpdateOperation(
	kind: RecordKind,
	changed: Pick<ChangedRecord, 'fields' | 'lines'>,
	complete: (record: IDataObject, change: Members) => Outcome<Members>,
): OperationModule {
	const { description, request } = updateOperation(kind, changed);
	return {
		description,
		request,
		execute: async (run) =>
			await inMappedDocuments(
				run,
				kind,
				changed,
				description,
				async (records) => await changeExisting(records, kind, changed, complete),
			),
	};
}
