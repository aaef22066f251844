import { addNoteOperation } from '../common/historyOperations';
import { contactKind } from './contactKind';

export const { description, request, execute } = addNoteOperation(contactKind);
