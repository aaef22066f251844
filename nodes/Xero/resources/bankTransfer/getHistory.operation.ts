import { bankTransferKind } from '../../kinds/bankTransferKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(bankTransferKind);
