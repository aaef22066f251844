import { getHistoryOperation } from '../../operations/historyOperations';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';

export const { description, request, execute } = getHistoryOperation(batchPaymentKind);
