import { addNoteOperation } from '../common/historyOperations';
import { bankTransferKind } from './bankTransferKind';

export const { description, request, execute } = addNoteOperation(bankTransferKind);
