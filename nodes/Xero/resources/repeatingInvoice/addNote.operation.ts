import { addNoteOperation } from '../../operations/historyOperations';
import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';

export const { description, request, execute } = addNoteOperation(repeatingInvoiceKind);
