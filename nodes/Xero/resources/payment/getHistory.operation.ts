import { getHistoryOperation } from '../../operations/historyOperations';
import { paymentKind } from '../../kinds/paymentKind';

export const { description, request, execute } = getHistoryOperation(paymentKind);
