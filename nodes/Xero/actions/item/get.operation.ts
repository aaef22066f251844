import { getOperation } from '../common/getOperation';
import { itemKind } from './itemKind';

export const { description, request, execute } = getOperation(itemKind);
