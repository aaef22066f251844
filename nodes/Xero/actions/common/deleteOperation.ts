import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { addressOf, idOf, type RecordKind } from './RecordKind';

/** *Delete* of what Xero really deletes: items, accounts, tracking categories … */
export function deleteOperation(kind: RecordKind): OperationModule {
	const { collection, locator, resource } = kind;
	return {
		description: showFor(resource, ['delete'], [locator(`The ${collection.label} to delete`)]),
		request: singleCall('DELETE', addressOf(kind), collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = idOf(run, kind, item);
					return id.ok ? success({ method: 'DELETE', path: addressOf(kind, id.value) }) : id;
				},
				read(_answer, item) {
					const id = idOf(run, kind, item);
					return done({ deleted: true, [collection.idField]: id.ok ? id.value : undefined });
				},
			}),
	};
}
