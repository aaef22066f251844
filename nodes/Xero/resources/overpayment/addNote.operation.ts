import { overpaymentKind } from '../../kinds/overpaymentKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(overpaymentKind);
