import { manualJournalKind } from '../../kinds/manualJournalKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(manualJournalKind);
