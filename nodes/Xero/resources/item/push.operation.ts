import { pushOperation } from '../../operations/pushOperation';
import { itemFields, otherItemCodeField } from './itemFields';

export const { description, hub, execute } = pushOperation({
	entity: 'item',
	fields: [otherItemCodeField, ...itemFields],
});
