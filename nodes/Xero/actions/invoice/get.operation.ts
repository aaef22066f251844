import { getOperation } from '../common/getOperation';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = getOperation(invoiceKind);
