import { addNoteOperation } from '../../operations/historyOperations';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = addNoteOperation(creditNoteKind);
