import { addNoteOperation } from '../../operations/historyOperations';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = addNoteOperation(contactKind);
