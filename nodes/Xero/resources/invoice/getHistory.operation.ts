import { invoiceKind } from '../../kinds/invoiceKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(invoiceKind);
