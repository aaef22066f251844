import { taxRateKind } from '../../kinds/taxRateKind';
import { statusOperation } from '../../operations/statusOperation';

export const { description, request, execute } = statusOperation(taxRateKind, {
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
