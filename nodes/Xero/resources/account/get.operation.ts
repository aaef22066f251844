import { getOperation } from '../../operations/getOperation';
import { accountKind } from '../../kinds/accountKind';

export const { description, request, execute } = getOperation(accountKind);
