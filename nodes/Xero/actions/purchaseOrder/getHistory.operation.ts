import { getHistoryOperation } from '../common/historyOperations';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = getHistoryOperation(purchaseOrderKind);
