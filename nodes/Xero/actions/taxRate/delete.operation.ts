import { statusOperation } from '../common/statusOperation';
import { taxRateKind } from './taxRateKind';

export const { description, request, execute } = statusOperation(taxRateKind, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
