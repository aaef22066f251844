import { contactKind } from '../../kinds/contactKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(contactKind);
