import { addNoteOperation } from '../../operations/historyOperations';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';

export const { description, request, execute } = addNoteOperation(batchPaymentKind);
