import { getOptions } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import { presenter } from '../shared/presenter';
import { readByIds } from '../shared/readByIds';
import { getRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { idOf, type RecordKind } from './RecordKind';

/** *Get*: one record for each item. */
export function getOperation(kind: RecordKind): OperationModule {
	const { collection, locator, resource } = kind;
	return {
		description: showFor(
			resource,
			['get'],
			[locator(`The ${collection.label} to read`), getOptions],
		),
		request: getRequest(collection),
		execute: async (run) =>
			await readByIds(run, {
				collection,
				idOf: (item) => idOf(run, kind, item),
				present: presenter(run, kind),
			}),
	};
}
