import { prepaymentKind } from '../../kinds/prepaymentKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(prepaymentKind);
