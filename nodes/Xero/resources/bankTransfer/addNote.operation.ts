import { bankTransferKind } from '../../kinds/bankTransferKind';
import { addNoteOperation } from '../../operations/historyOperations';

export const { description, request, execute } = addNoteOperation(bankTransferKind);
