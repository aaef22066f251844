import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(repeatingInvoiceKind);
