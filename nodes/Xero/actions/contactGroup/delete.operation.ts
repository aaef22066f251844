import { statusOperation } from '../common/statusOperation';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = statusOperation(contactGroupKind, {
	operation: 'delete',
	verb: 'to delete; its contacts stay',
	change: { Status: 'DELETED' },
	deletes: true,
});
