import type { INodePropertyOptions } from 'n8n-workflow';

import type { FilterField } from '../filters/Filter';
import { listFields } from '../filters/listFields';
import { readListQuery } from '../filters/readListQuery';
import type { RecordKind } from '../kinds/RecordKind';
import { presenter } from '../output/presenter';
import { readMany } from '../requests/readMany';
import { listRequest } from '../requests/RequestFacts';
import type { OperationModule } from './OperationModule';

export interface ListChoices {
	readonly filters: readonly FilterField[];
	/** Fields by which Xero sorts; none where its list takes no `order`. */
	readonly sortFields?: INodePropertyOptions[];
}

/** What is short already has nothing to simplify. */
export type ListedKind = Pick<RecordKind, 'collection'> & Partial<Pick<RecordKind, 'simplify'>>;

/** *Get Many*: a list for each item, each with its own filters. */
export function listOperation(
	kind: ListedKind,
	{ filters, sortFields = [] }: ListChoices,
): OperationModule {
	const { collection, simplify } = kind;
	return {
		description: listFields({
			filters,
			sortFields,
			simplifies: simplify !== undefined,
			changes: collection.changes,
		}),
		request: listRequest(collection),
		execute: async (run) =>
			await readMany(run, {
				collection,
				queryOf: (item) =>
					readListQuery(
						run,
						item,
						filters,
						sortFields.length === 0 ? undefined : collection.idField,
					),
				present: presenter(run, kind),
			}),
	};
}
