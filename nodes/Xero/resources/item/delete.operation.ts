import { deleteOperation } from '../../operations/deleteOperation';
import { itemKind } from '../../kinds/itemKind';

export const { description, request, execute } = deleteOperation(itemKind);
