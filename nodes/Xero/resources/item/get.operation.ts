import { getOperation } from '../../operations/getOperation';
import { itemKind } from '../../kinds/itemKind';

export const { description, request, execute } = getOperation(itemKind);
