import { addNoteOperation } from '../common/historyOperations';
import { itemKind } from './itemKind';

export const { description, request, execute } = addNoteOperation(itemKind);
