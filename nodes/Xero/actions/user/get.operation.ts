import { getOperation } from '../common/getOperation';
import { userKind } from './userKind';

export const { description, request, execute } = getOperation(userKind);
