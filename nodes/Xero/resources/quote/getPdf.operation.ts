import { pdfOperation } from '../../operations/pdfOperation';
import { quoteKind } from '../../kinds/quoteKind';

export const { description, request, execute } = pdfOperation(quoteKind);
