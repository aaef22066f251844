import { manualJournalKind } from '../../kinds/manualJournalKind';
import { createOperation } from '../../operations/createOperation';
import { checkBalance, journalLines } from './journalLines';
import { manualJournalFields, narrationField } from './manualJournalFields';

export const { description, request, execute } = createOperation(manualJournalKind, {
	own: [narrationField],
	more: manualJournalFields,
	lines: journalLines,
	finish: checkBalance,
});
