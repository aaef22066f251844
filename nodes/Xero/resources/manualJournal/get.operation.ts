import { getOperation } from '../../operations/getOperation';
import { manualJournalKind } from '../../kinds/manualJournalKind';

export const { description, request, execute } = getOperation(manualJournalKind);
