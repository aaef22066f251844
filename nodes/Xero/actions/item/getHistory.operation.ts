import { getHistoryOperation } from '../common/historyOperations';
import { itemKind } from './itemKind';

export const { description, request, execute } = getHistoryOperation(itemKind);
