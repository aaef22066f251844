import { contactGroupKind } from '../../kinds/contactGroupKind';
import { statusOperation } from '../../operations/statusOperation';

export const { description, request, execute } = statusOperation(contactGroupKind, {
	verb: 'to delete; its contacts stay',
	change: { Status: 'DELETED' },
	deletes: true,
});
