import { paymentKind } from '../../kinds/paymentKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(paymentKind);
