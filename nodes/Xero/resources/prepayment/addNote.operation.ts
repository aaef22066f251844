import { addNoteOperation } from '../../operations/historyOperations';
import { prepaymentKind } from '../../kinds/prepaymentKind';

export const { description, request, execute } = addNoteOperation(prepaymentKind);
