import { getHistoryOperation } from '../common/historyOperations';
import { overpaymentKind } from './overpaymentKind';

export const { description, request, execute } = getHistoryOperation(overpaymentKind);
