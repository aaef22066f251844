import { getHistoryOperation } from '../../operations/historyOperations';
import { itemKind } from '../../kinds/itemKind';

export const { description, request, execute } = getHistoryOperation(itemKind);
