import { statusOperation } from '../common/statusOperation';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = statusOperation(bankTransactionKind, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
