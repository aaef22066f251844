import { quoteKind } from '../../kinds/quoteKind';
import { pdfOperation } from '../../operations/pdfOperation';

export const { description, request, execute } = pdfOperation(quoteKind);
