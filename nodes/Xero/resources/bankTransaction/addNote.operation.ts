import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(bankTransactionKind);
