import { getOperation } from '../../operations/getOperation';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = getOperation(invoiceKind);
