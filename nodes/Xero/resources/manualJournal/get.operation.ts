import { manualJournalKind } from '../../kinds/manualJournalKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(manualJournalKind);
