import { accountKind } from '../../kinds/accountKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(accountKind);
