import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../errors/failure';
import { pickedId } from '../fields/Locator';
import { keyOptionsField, writeOptionsField } from '../fields/writeOptions';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { changeRecords } from '../requests/changeRecords';
import { updateRequest } from '../requests/RequestFacts';
import { writeRecords, type WritePlan } from '../requests/writeRecords';
import type { OperationModule } from './OperationModule';

export interface StatusChange {
	/** What happens to the record, such as `to archive`. */
	readonly verb: string;
	/** What is sent besides the id. Given a function, the record is read first and its state decides. */
	readonly change:
		| Readonly<Record<string, unknown>>
		| ((record: IDataObject) => Outcome<Readonly<Record<string, unknown>>>);
	/** For what Xero deletes by a status: `{ deleted: true }` comes out instead of the record. */
	readonly deletes?: boolean;
}

/** An operation without fields of its own that sets a status: archive, void, delete, approve … */
export function statusOperation(kind: RecordKind, status: StatusChange): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [
			locator.field(`The ${collection.label} ${status.verb}`),
			status.deletes === true ? keyOptionsField : writeOptionsField,
		],
		request: updateRequest(collection),
		execute: async (run) => {
			const present = status.deletes === true ? presentDeleted(kind) : presenter(run, kind);
			const { change } = status;
			if (typeof change === 'function') {
				return await changeRecords(run, {
					collection,
					present,
					idOf: (item) => pickedId(run, kind.locator, item),
					asked: () => ({ change: status.verb }),
					change,
				});
			}
			return await writeRecords(run, {
				collection,
				method: 'POST',
				present,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					return id.ok ? success({ ...change, [collection.idField]: id.value }) : id;
				},
			});
		},
	};
}

function presentDeleted({ collection: { idField } }: RecordKind): WritePlan['present'] {
	return (_record, _item, sentId) => ({ deleted: true, [idField]: sentId });
}
