import { getHistoryOperation } from '../../operations/historyOperations';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = getHistoryOperation(contactKind);
