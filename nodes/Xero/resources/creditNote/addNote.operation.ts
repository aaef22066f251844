import { creditNoteKind } from '../../kinds/creditNoteKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(creditNoteKind);
