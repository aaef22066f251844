import { getHistoryOperation } from '../../operations/historyOperations';
import { bankTransferKind } from '../../kinds/bankTransferKind';

export const { description, request, execute } = getHistoryOperation(bankTransferKind);
