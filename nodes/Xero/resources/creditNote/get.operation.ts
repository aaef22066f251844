import { creditNoteKind } from '../../kinds/creditNoteKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(creditNoteKind);
