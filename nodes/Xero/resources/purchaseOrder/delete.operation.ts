import { statusOperation } from '../../operations/statusOperation';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';

export const { description, request, execute } = statusOperation(purchaseOrderKind, {
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
