import { invoiceKind } from '../../kinds/invoiceKind';
import { pdfOperation } from '../../operations/pdfOperation';

export const { description, request, execute } = pdfOperation(invoiceKind);
