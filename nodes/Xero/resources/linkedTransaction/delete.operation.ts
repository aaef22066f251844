import { linkedTransactionKind } from '../../kinds/linkedTransactionKind';
import { deleteOperation } from '../../operations/deleteOperation';

export const { description, request, execute } = deleteOperation(linkedTransactionKind);
