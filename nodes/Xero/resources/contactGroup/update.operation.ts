import { asText } from '../../fields/writers';
import { contactGroupKind } from '../../kinds/contactGroupKind';
import { updateOperation } from '../../operations/updateOperation';
import { groupNameField } from './contactGroupFields';

export const { description, request, execute } = updateOperation(contactGroupKind, {
	fields: [{ ...groupNameField, write: asText('Name') }],
});
