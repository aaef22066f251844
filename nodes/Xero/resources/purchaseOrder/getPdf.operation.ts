import { pdfOperation } from '../../operations/pdfOperation';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';

export const { description, request, execute } = pdfOperation(purchaseOrderKind);
