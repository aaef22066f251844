import { refuseInput, success } from '../../errors/failure';
import { statusOperation } from '../common/statusOperation';
import { invoiceKind } from './invoiceKind';

/** Xero deletes what was never approved and voids what was; nothing else can be taken back. */
export const { description, request, execute } = statusOperation(invoiceKind, {
	operation: 'voidOrDelete',
	verb: 'to take back',
	change({ Status, InvoiceNumber }) {
		switch (Status) {
			case 'DRAFT':
			case 'SUBMITTED':
				return success({ Status: 'DELETED' });
			case 'AUTHORISED':
				return success({ Status: 'VOIDED' });
			default:
				return refuseInput(
					`Invoice ${String(InvoiceNumber)} is ${String(Status)} and cannot be voided or deleted`,
					Status === 'PAID'
						? 'Delete its payments first; it is then authorised again and can be voided.'
						: undefined,
				);
		}
	},
});
