import { getOperation } from '../../operations/getOperation';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';

export const { description, request, execute } = getOperation(bankTransactionKind);
