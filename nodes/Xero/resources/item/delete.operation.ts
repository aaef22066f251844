import { itemKind } from '../../kinds/itemKind';
import { deleteOperation } from '../../operations/deleteOperation';

export const { description, request, execute } = deleteOperation(itemKind);
