import { contactKind } from '../../kinds/contactKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(contactKind);
