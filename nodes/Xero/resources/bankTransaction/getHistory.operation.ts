import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { getHistoryOperation } from '../../operations/historyOperations';

export const { description, request, execute } = getHistoryOperation(bankTransactionKind);
