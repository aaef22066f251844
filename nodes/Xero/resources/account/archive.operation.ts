import { accountKind } from '../../kinds/accountKind';
import { statusOperation } from '../../operations/statusOperation';

/** Alone in its request: Xero archives no account that is changed in the same breath. */
export const { description, request, execute } = statusOperation(accountKind, {
	verb: 'to archive',
	change: { Status: 'ARCHIVED' },
});
