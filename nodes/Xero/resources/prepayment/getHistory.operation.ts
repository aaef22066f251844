import { getHistoryOperation } from '../../operations/historyOperations';
import { prepaymentKind } from '../../kinds/prepaymentKind';

export const { description, request, execute } = getHistoryOperation(prepaymentKind);
