import { contactGroupKind } from '../../kinds/contactGroupKind';
import { createOperation } from '../../operations/createOperation';
import { groupNameField } from './contactGroupFields';

export const { description, request, execute } = createOperation(contactGroupKind, {
	own: [groupNameField],
	more: [],
});
