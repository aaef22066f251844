import { itemKind } from '../../kinds/itemKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(itemKind);
