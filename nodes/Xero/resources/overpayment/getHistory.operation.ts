import { getHistoryOperation } from '../../operations/historyOperations';
import { overpaymentKind } from '../../kinds/overpaymentKind';

export const { description, request, execute } = getHistoryOperation(overpaymentKind);
