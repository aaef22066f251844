import { pdfOperation } from '../common/pdfOperation';
import { quoteKind } from './quoteKind';

export const { description, request, execute } = pdfOperation(quoteKind);
