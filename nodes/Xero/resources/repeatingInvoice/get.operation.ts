import { getOperation } from '../../operations/getOperation';
import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';

export const { description, request, execute } = getOperation(repeatingInvoiceKind);
