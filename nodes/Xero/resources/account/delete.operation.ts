import { accountKind } from '../../kinds/accountKind';
import { deleteOperation } from '../../operations/deleteOperation';

export const { description, request, execute } = deleteOperation(accountKind);
