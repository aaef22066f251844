import { getHistoryOperation } from '../common/historyOperations';
import { contactKind } from './contactKind';

export const { description, request, execute } = getHistoryOperation(contactKind);
