import { updateOperation } from '../common/updateOperation';
import { itemFields, otherItemCodeField } from './itemFields';
import { itemKind } from './itemKind';

export const { description, request, execute } = updateOperation(itemKind, {
	fields: [otherItemCodeField, ...itemFields],
});
