import { getOperation } from '../../operations/getOperation';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = getOperation(creditNoteKind);
