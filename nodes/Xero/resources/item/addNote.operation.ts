import { addNoteOperation } from '../../operations/historyOperations';
import { itemKind } from '../../kinds/itemKind';

export const { description, request, execute } = addNoteOperation(itemKind);
