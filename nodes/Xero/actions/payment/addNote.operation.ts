import { addNoteOperation } from '../common/historyOperations';
import { paymentKind } from './paymentKind';

export const { description, request, execute } = addNoteOperation(paymentKind);
