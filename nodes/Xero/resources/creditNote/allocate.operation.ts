import { allocateOperation } from '../../operations/allocateOperation';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = allocateOperation(creditNoteKind);
