import { pdfOperation } from '../common/pdfOperation';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = pdfOperation(creditNoteKind);
