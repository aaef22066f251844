import { pickedId } from '../fields/Locator';
import { getOptions } from '../fields/readOptions';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { readByIds } from '../requests/readByIds';
import { getRequest } from '../requests/RequestFacts';
import type { OperationModule } from './OperationModule';

/** *Get*: one record for each item. */
export function getOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [locator.field(`The ${collection.label} to read`), getOptions],
		request: getRequest(collection),
		execute: async (run) =>
			await readByIds(run, {
				collection,
				idOf: (item) => pickedId(run, kind.locator, item),
				present: presenter(run, kind),
			}),
	};
}
