import { deleteAllocationOperation } from '../credit/deleteAllocationOperation';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = deleteAllocationOperation(creditNoteKind);
