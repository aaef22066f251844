import { addNoteOperation } from '../common/historyOperations';
import { prepaymentKind } from './prepaymentKind';

export const { description, request, execute } = addNoteOperation(prepaymentKind);
