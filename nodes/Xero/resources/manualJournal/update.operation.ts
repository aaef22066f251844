import { success } from '../../errors/failure';
import { manualJournalKind } from '../../kinds/manualJournalKind';
import { readingUpdateOperation } from '../../operations/readingUpdateOperation';
import { checkBalance, journalLines } from './journalLines';
import { manualJournalFields, otherNarrationField } from './manualJournalFields';

/** Xero's contract wants the narration with every change. Lines are checked where they are given. */
export const { description, request, execute } = readingUpdateOperation(
	manualJournalKind,
	{ fields: [...manualJournalFields, otherNarrationField], lines: journalLines },
	({ Narration, LineAmountTypes }, change) => {
		const whole = { Narration, ...change };
		if (change[journalLines.member] === undefined) return success(whole);
		const checked = checkBalance({ LineAmountTypes, ...whole });
		return checked.ok ? success(whole) : checked;
	},
);
