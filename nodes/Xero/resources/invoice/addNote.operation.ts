import { invoiceKind } from '../../kinds/invoiceKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(invoiceKind);
