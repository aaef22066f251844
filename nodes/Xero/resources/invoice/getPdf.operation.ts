import { pdfOperation } from '../../operations/pdfOperation';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = pdfOperation(invoiceKind);
