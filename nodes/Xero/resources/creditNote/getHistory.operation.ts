import { getHistoryOperation } from '../../operations/historyOperations';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = getHistoryOperation(creditNoteKind);
