import { addNoteOperation } from '../common/historyOperations';
import { repeatingInvoiceKind } from './repeatingInvoiceKind';

export const { description, request, execute } = addNoteOperation(repeatingInvoiceKind);
