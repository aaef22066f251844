import { quoteKind } from '../../kinds/quoteKind';
import { statusOperation } from '../../operations/statusOperation';
import { withStatus } from './withStatus';

export const { description, request, execute } = statusOperation(quoteKind, {
	verb: 'to delete',
	change: (quote) => withStatus(quote, 'DELETED'),
	deletes: true,
});
