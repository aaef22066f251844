import { getOperation } from '../../operations/getOperation';
import { userKind } from '../../kinds/userKind';

export const { description, request, execute } = getOperation(userKind);
