import { overpaymentKind } from '../../kinds/overpaymentKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(overpaymentKind);
