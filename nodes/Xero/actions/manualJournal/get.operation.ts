import { getOperation } from '../common/getOperation';
import { manualJournalKind } from './manualJournalKind';

export const { description, request, execute } = getOperation(manualJournalKind);
