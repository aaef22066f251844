import { getHistoryOperation } from '../common/historyOperations';
import { prepaymentKind } from './prepaymentKind';

export const { description, request, execute } = getHistoryOperation(prepaymentKind);
