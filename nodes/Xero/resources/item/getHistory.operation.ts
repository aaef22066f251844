import { itemKind } from '../../kinds/itemKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(itemKind);
