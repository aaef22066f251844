import { createOperation } from '../../operations/createOperation';
import { itemCodeField, itemFields } from './itemFields';
import { itemKind } from '../../kinds/itemKind';

export const { description, request, execute } = createOperation(itemKind, {
	own: [itemCodeField],
	more: itemFields,
});
