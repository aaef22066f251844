import { getHistoryOperation } from '../common/historyOperations';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = getHistoryOperation(bankTransactionKind);
