import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(batchPaymentKind);
