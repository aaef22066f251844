import { addNoteOperation } from '../common/historyOperations';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = addNoteOperation(invoiceKind);
