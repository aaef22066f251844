import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { statusOperation } from '../../operations/statusOperation';

export const { description, request, execute } = statusOperation(purchaseOrderKind, {
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
