import { statusOperation } from '../../operations/statusOperation';
import { contactGroupKind } from '../../kinds/contactGroupKind';

export const { description, request, execute } = statusOperation(contactGroupKind, {
	verb: 'to delete; its contacts stay',
	change: { Status: 'DELETED' },
	deletes: true,
});
