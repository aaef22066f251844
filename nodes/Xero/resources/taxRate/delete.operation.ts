import { statusOperation } from '../../operations/statusOperation';
import { taxRateKind } from '../../kinds/taxRateKind';

export const { description, request, execute } = statusOperation(taxRateKind, {
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
