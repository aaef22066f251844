import { getOperation } from '../common/getOperation';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = getOperation(creditNoteKind);
