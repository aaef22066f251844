import type { RecordKind } from '../kinds/RecordKind';
import type { OperationModule } from './OperationModule';
import { statusOperation } from './statusOperation';

/** *Delete* of what Xero deletes by a status, one in a request as a bare object at its own address. */
export function deleteAloneOperation(kind: RecordKind): OperationModule {
	return statusOperation(
		{ ...kind, collection: { ...kind.collection, writes: 'bare' } },
		{ verb: 'to delete', change: { Status: 'DELETED' }, deletes: true },
	);
}
