import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(repeatingInvoiceKind);
