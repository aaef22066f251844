import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(repeatingInvoiceKind);
