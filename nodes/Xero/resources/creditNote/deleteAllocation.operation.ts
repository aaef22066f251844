import { creditNoteKind } from '../../kinds/creditNoteKind';
import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';

export const { description, request, execute } = deleteAllocationOperation(creditNoteKind);
