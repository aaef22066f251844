import { addNoteOperation } from '../common/historyOperations';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = addNoteOperation(purchaseOrderKind);
