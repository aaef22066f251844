import { deleteOperation } from '../common/deleteOperation';
import { accountKind } from './accountKind';

export const { description, request, execute } = deleteOperation(accountKind);
