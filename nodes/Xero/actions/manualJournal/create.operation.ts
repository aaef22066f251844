import { createOperation } from '../common/createOperation';
import { checkBalance, journalLines } from './journalLines';
import { manualJournalFields, narrationField } from './manualJournalFields';
import { manualJournalKind } from './manualJournalKind';

export const { description, request, execute } = createOperation(manualJournalKind, {
	own: [narrationField],
	more: manualJournalFields,
	lines: journalLines,
	finish: checkBalance,
});
