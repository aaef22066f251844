import { getHistoryOperation } from '../common/historyOperations';
import { bankTransferKind } from './bankTransferKind';

export const { description, request, execute } = getHistoryOperation(bankTransferKind);
