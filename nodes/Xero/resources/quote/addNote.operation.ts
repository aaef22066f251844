import { quoteKind } from '../../kinds/quoteKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(quoteKind);
