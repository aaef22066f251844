import { getHistoryOperation } from '../common/historyOperations';
import { quoteKind } from './quoteKind';

export const { description, request, execute } = getHistoryOperation(quoteKind);
