import { statusOperation } from '../common/statusOperation';
import { quoteKind } from './quoteKind';
import { withStatus } from './withStatus';

export const { description, request, execute } = statusOperation(quoteKind, {
	operation: 'delete',
	verb: 'to delete',
	change: (quote) => withStatus(quote, 'DELETED'),
	deletes: true,
});
