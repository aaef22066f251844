import { updateOperation } from '../../operations/updateOperation';
import { asText } from '../../fields/writers';
import { groupNameField } from './contactGroupFields';
import { contactGroupKind } from '../../kinds/contactGroupKind';

export const { description, request, execute } = updateOperation(contactGroupKind, {
	fields: [{ ...groupNameField, write: asText('Name') }],
});
