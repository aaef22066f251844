import { prepaymentKind } from '../../kinds/prepaymentKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(prepaymentKind);
