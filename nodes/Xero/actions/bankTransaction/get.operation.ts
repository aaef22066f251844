import { getOperation } from '../common/getOperation';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = getOperation(bankTransactionKind);
