import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(purchaseOrderKind);
