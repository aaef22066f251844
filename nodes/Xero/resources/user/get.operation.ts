import { userKind } from '../../kinds/userKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(userKind);
