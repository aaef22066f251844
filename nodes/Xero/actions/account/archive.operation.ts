import { statusOperation } from '../common/statusOperation';
import { accountKind } from './accountKind';

/** Alone in its request: Xero archives no account that is changed in the same breath. */
export const { description, request, execute } = statusOperation(accountKind, {
	operation: 'archive',
	verb: 'to archive',
	change: { Status: 'ARCHIVED' },
});
