import { getHistoryOperation } from '../common/historyOperations';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = getHistoryOperation(invoiceKind);
