import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { pdfOperation } from '../../operations/pdfOperation';

export const { description, request, execute } = pdfOperation(purchaseOrderKind);
