import { creditNoteKind } from '../../kinds/creditNoteKind';
import { allocateOperation } from '../../operations/allocateOperation';

export const { description, request, execute } = allocateOperation(creditNoteKind);
