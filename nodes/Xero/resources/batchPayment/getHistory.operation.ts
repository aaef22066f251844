import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(batchPaymentKind);
