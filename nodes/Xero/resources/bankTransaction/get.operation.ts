import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(bankTransactionKind);
