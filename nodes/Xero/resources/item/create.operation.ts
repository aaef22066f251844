import { itemKind } from '../../kinds/itemKind';
import { createOperation } from '../../operations/createOperation';
import { itemCodeField, itemFields } from './itemFields';

export const { description, request, execute } = createOperation(itemKind, {
	own: [itemCodeField],
	more: itemFields,
});
