import { quoteKind } from '../../kinds/quoteKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(quoteKind);
