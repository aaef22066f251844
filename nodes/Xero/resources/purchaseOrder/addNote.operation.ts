import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(purchaseOrderKind);
