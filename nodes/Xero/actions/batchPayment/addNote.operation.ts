import { addNoteOperation } from '../common/historyOperations';
import { batchPaymentKind } from './batchPaymentKind';

export const { description, request, execute } = addNoteOperation(batchPaymentKind);
