import { success } from '../errors/failure';
import { pickedId } from '../fields/Locator';
import { sendAgainField } from '../fields/writeOptions';
import { addressOf, type RecordKind } from '../kinds/RecordKind';
import { callEach } from '../requests/callEach';
import { singleCall } from '../requests/RequestFacts';
import { done } from '../run/ItemOutcome';
import type { OperationModule } from './OperationModule';

/** *Delete* of what Xero really deletes: items, accounts, tracking categories … */
export function deleteOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [locator.field(`The ${collection.label} to delete`), sendAgainField],
		request: singleCall('DELETE', addressOf(kind), collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					return id.ok
						? success({ method: 'DELETE', path: addressOf(kind, id.value), id: id.value })
						: id;
				},
				read: (_answer, _item, { id }) => done({ deleted: true, [collection.idField]: id }),
			}),
	};
}
