import { addNoteOperation } from '../../operations/historyOperations';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';

export const { description, request, execute } = addNoteOperation(bankTransactionKind);
