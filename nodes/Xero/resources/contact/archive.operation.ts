import { statusOperation } from '../../operations/statusOperation';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = statusOperation(contactKind, {
	operation: 'archive',
	verb: 'to archive',
	change: { ContactStatus: 'ARCHIVED' },
});
