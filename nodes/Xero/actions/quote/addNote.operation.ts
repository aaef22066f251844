import { addNoteOperation } from '../common/historyOperations';
import { quoteKind } from './quoteKind';

export const { description, request, execute } = addNoteOperation(quoteKind);
