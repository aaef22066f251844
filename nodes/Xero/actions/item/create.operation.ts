import { createOperation } from '../common/createOperation';
import { itemCodeField, itemFields } from './itemFields';
import { itemKind } from './itemKind';

export const { description, request, execute } = createOperation(itemKind, {
	own: [itemCodeField],
	more: itemFields,
});
