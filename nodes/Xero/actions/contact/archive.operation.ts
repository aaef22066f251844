import { statusOperation } from '../common/statusOperation';
import { contactKind } from './contactKind';

export const { description, request, execute } = statusOperation(contactKind, {
	operation: 'archive',
	verb: 'to archive',
	change: { ContactStatus: 'ARCHIVED' },
});
