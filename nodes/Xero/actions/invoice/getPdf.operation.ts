import { pdfOperation } from '../common/pdfOperation';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = pdfOperation(invoiceKind);
