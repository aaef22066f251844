import { allocateOperation } from '../common/allocateOperation';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = allocateOperation(creditNoteKind);
