import { addNoteOperation } from '../common/historyOperations';
import { manualJournalKind } from './manualJournalKind';

export const { description, request, execute } = addNoteOperation(manualJournalKind);
