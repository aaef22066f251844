import { getOptions } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readByIds } from '../shared/readByIds';
import { readFlag } from '../shared/readFlag';
import { getRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { idOf, type RecordKind } from './RecordKind';

/** *Get*: one record for each item. */
export function getOperation(kind: RecordKind): OperationModule {
	const { collection, locator, resource, simplify } = kind;
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
				present: (record, item) =>
					present(record, {
						raw: readFlag(run, 'options', 'raw', item),
						simplify: readFlag(run, 'options', 'simplify', item) ? simplify : undefined,
					}),
			}),
	};
}
