import { success } from '../../errors/failure';
import { statusOperation } from '../common/statusOperation';
import { bankTransactionKind } from './bankTransactionKind';
import { repeatedOfTransaction } from './repeatedOfTransaction';

export const { description, request, execute } = statusOperation(bankTransactionKind, {
	operation: 'delete',
	verb: 'to delete',
	change: (transaction) => success({ ...repeatedOfTransaction(transaction), Status: 'DELETED' }),
	deletes: true,
});
