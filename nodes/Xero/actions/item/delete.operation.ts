import { deleteOperation } from '../common/deleteOperation';
import { itemKind } from './itemKind';

export const { description, request, execute } = deleteOperation(itemKind);
