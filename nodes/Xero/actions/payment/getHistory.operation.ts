import { getHistoryOperation } from '../common/historyOperations';
import { paymentKind } from './paymentKind';

export const { description, request, execute } = getHistoryOperation(paymentKind);
