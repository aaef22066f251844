import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../errors/failure';
import type { Members } from '../fields/Field';
import { changeRecords } from '../shared/changeRecords';
import type { OperationModule } from '../shared/OperationModule';
import { inNamedDocuments } from './inNamedDocuments';
import { presentWritten } from './presentWritten';
import { idOf, type RecordKind } from './RecordKind';
import { buildChange, updateOperation, type ChangedRecord } from './updateOperation';

/**
 * *Update* of a kind whose changes have to repeat some of the record: it is read first.
 *
 * @param complete the change with what it has to repeat, or why it cannot be made
 */
export function readingUpdateOperation(
	kind: RecordKind,
	changed: ChangedRecord,
	complete: (record: IDataObject, change: Members) => Outcome<Members>,
): OperationModule {
	const { description, request } = updateOperation(kind, changed);
	return {
		description,
		request,
		execute: async (run) =>
			await inNamedDocuments(
				run,
				kind,
				{ properties: description },
				async (records) =>
					await changeRecords(records, {
						collection: kind.collection,
						present: presentWritten(records, kind),
						idOf: (item) => idOf(records, kind, item),
						change(record, item) {
							const change = buildChange(records, item, changed);
							return change.ok ? complete(record, change.value) : change;
						},
					}),
			),
	};
}
