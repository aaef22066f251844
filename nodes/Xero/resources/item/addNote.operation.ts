import { itemKind } from '../../kinds/itemKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(itemKind);
