import { createOperation } from '../../operations/createOperation';
import { groupNameField } from './contactGroupFields';
import { contactGroupKind } from '../../kinds/contactGroupKind';

export const { description, request, execute } = createOperation(contactGroupKind, {
	own: [groupNameField],
	more: [],
});
