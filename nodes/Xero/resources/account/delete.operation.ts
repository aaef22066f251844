import { deleteOperation } from '../../operations/deleteOperation';
import { accountKind } from '../../kinds/accountKind';

export const { description, request, execute } = deleteOperation(accountKind);
