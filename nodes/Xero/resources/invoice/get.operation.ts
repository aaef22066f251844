import { invoiceKind } from '../../kinds/invoiceKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(invoiceKind);
