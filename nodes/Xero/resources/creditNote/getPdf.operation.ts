import { creditNoteKind } from '../../kinds/creditNoteKind';
import { pdfOperation } from '../../operations/pdfOperation';

export const { description, request, execute } = pdfOperation(creditNoteKind);
