import { getOperation } from '../common/getOperation';
import { repeatingInvoiceKind } from './repeatingInvoiceKind';

export const { description, request, execute } = getOperation(repeatingInvoiceKind);
