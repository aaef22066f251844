import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import { statusOperation } from '../../operations/statusOperation';

/** The invoices that came of it stay. */
export const { description, request, execute } = statusOperation(repeatingInvoiceKind, {
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
