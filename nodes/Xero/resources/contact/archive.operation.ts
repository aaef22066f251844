import { statusOperation } from '../../operations/statusOperation';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = statusOperation(contactKind, {
	verb: 'to archive',
	change: { ContactStatus: 'ARCHIVED' },
});
