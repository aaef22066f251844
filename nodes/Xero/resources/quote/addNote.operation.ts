import { addNoteOperation } from '../../operations/historyOperations';
import { quoteKind } from '../../kinds/quoteKind';

export const { description, request, execute } = addNoteOperation(quoteKind);
