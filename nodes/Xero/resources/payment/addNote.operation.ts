import { addNoteOperation } from '../../operations/historyOperations';
import { paymentKind } from '../../kinds/paymentKind';

export const { description, request, execute } = addNoteOperation(paymentKind);
