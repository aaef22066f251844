import { refuseInput, success } from '../../errors/failure';
import { manualJournalKind } from '../../kinds/manualJournalKind';
import { statusOperation } from '../../operations/statusOperation';

/** Xero deletes what was never posted and voids what was; its contract wants the narration each time. */
export const { description, request, execute } = statusOperation(manualJournalKind, {
	verb: 'to take back',
	change({ Status, Narration }) {
		switch (Status) {
			case 'DRAFT':
				return success({ Narration, Status: 'DELETED' });
			case 'POSTED':
				return success({ Narration, Status: 'VOIDED' });
			default:
				return refuseInput(
					`Manual journal "${String(Narration)}" is ${String(Status)} and cannot be voided or deleted`,
				);
		}
	},
});
