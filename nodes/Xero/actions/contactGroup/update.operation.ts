import { updateOperation } from '../common/updateOperation';
import { asText } from '../fields/writers';
import { groupNameField } from './contactGroupFields';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = updateOperation(contactGroupKind, {
	fields: [{ ...groupNameField, write: asText('Name') }],
});
