import { getHistoryOperation } from '../common/historyOperations';
import { manualJournalKind } from './manualJournalKind';

export const { description, request, execute } = getHistoryOperation(manualJournalKind);
