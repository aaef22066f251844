import { getHistoryOperation } from '../../operations/historyOperations';
import { manualJournalKind } from '../../kinds/manualJournalKind';

export const { description, request, execute } = getHistoryOperation(manualJournalKind);
