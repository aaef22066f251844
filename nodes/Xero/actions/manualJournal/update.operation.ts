import { success } from '../../errors/failure';
import { updateOperation } from '../common/updateOperation';
import { checkBalance, journalLines } from './journalLines';
import { manualJournalFields, otherNarrationField } from './manualJournalFields';
import { manualJournalKind } from './manualJournalKind';

/** Lines are checked where it is known that no tax comes on top of them. */
export const { description, request, execute } = updateOperation(manualJournalKind, {
	fields: [...manualJournalFields, otherNarrationField],
	lines: journalLines,
	finish: (change) =>
		change[journalLines.member] === undefined || change['LineAmountTypes'] === undefined
			? success(change)
			: checkBalance(change),
});
