import { getHistoryOperation } from '../common/historyOperations';
import { batchPaymentKind } from './batchPaymentKind';

export const { description, request, execute } = getHistoryOperation(batchPaymentKind);
