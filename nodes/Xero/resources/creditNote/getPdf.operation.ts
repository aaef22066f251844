import { pdfOperation } from '../../operations/pdfOperation';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = pdfOperation(creditNoteKind);
