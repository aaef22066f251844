import { addNoteOperation } from '../../operations/historyOperations';
import { manualJournalKind } from '../../kinds/manualJournalKind';

export const { description, request, execute } = addNoteOperation(manualJournalKind);
