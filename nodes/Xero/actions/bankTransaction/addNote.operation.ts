import { addNoteOperation } from '../common/historyOperations';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = addNoteOperation(bankTransactionKind);
