import { manualJournalKind } from '../../kinds/manualJournalKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(manualJournalKind);
