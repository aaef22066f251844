import { getHistoryOperation } from '../common/historyOperations';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = getHistoryOperation(creditNoteKind);
