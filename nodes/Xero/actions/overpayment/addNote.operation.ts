import { addNoteOperation } from '../common/historyOperations';
import { overpaymentKind } from './overpaymentKind';

export const { description, request, execute } = addNoteOperation(overpaymentKind);
