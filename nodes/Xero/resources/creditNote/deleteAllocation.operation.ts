import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = deleteAllocationOperation(creditNoteKind);
