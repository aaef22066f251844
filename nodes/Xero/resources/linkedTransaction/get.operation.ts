import { linkedTransactionKind } from '../../kinds/linkedTransactionKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(linkedTransactionKind);
