import { createOperation } from '../common/createOperation';
import { groupNameField } from './contactGroupFields';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = createOperation(contactGroupKind, {
	own: [groupNameField],
	more: [],
});
