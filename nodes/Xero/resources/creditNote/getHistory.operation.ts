import { creditNoteKind } from '../../kinds/creditNoteKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(creditNoteKind);
