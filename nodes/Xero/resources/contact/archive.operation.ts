import { contactKind } from '../../kinds/contactKind';
import { statusOperation } from '../../operations/statusOperation';

export const { description, request, execute } = statusOperation(contactKind, {
	verb: 'to archive',
	change: { ContactStatus: 'ARCHIVED' },
});
