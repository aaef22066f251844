import { pdfOperation } from '../common/pdfOperation';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = pdfOperation(purchaseOrderKind);
