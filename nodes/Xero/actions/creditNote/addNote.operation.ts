import { addNoteOperation } from '../common/historyOperations';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = addNoteOperation(creditNoteKind);
