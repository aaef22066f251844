import { getHistoryOperation } from '../common/historyOperations';
import { repeatingInvoiceKind } from './repeatingInvoiceKind';

export const { description, request, execute } = getHistoryOperation(repeatingInvoiceKind);
