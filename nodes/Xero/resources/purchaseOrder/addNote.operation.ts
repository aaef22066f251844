import { addNoteOperation } from '../../operations/historyOperations';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';

export const { description, request, execute } = addNoteOperation(purchaseOrderKind);
