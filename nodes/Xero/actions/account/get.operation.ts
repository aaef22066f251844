import { getOperation } from '../common/getOperation';
import { accountKind } from './accountKind';

export const { description, request, execute } = getOperation(accountKind);
