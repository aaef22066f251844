import { refuseInput, success } from '../../errors/failure';
import { statusOperation } from '../common/statusOperation';
import { creditNoteKind } from './creditNoteKind';

/** Xero deletes what was never approved and voids what was; nothing else can be taken back. */
export const { description, request, execute } = statusOperation(creditNoteKind, {
	operation: 'voidOrDelete',
	verb: 'to take back',
	change({ Status, CreditNoteNumber }) {
		switch (Status) {
			case 'DRAFT':
			case 'SUBMITTED':
				return success({ Status: 'DELETED' });
			case 'AUTHORISED':
				return success({ Status: 'VOIDED' });
			default:
				return refuseInput(
					`Credit note ${String(CreditNoteNumber)} is ${String(Status)} and cannot be voided or deleted`,
					Status === 'PAID'
						? 'Delete its allocations and refunds first; it is then authorised again and can be voided.'
						: undefined,
				);
		}
	},
});
