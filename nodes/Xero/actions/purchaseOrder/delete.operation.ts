import { statusOperation } from '../common/statusOperation';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = statusOperation(purchaseOrderKind, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
