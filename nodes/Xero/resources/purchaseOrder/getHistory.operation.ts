import { getHistoryOperation } from '../../operations/historyOperations';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';

export const { description, request, execute } = getHistoryOperation(purchaseOrderKind);
