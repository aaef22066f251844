import { paymentKind } from '../../kinds/paymentKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(paymentKind);
