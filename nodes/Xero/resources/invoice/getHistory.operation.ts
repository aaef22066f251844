import { getHistoryOperation } from '../../operations/historyOperations';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = getHistoryOperation(invoiceKind);
