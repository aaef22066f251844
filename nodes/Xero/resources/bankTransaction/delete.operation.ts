import { success } from '../../errors/failure';
import { statusOperation } from '../../operations/statusOperation';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { repeatedOfTransaction } from './repeatedOfTransaction';

export const { description, request, execute } = statusOperation(bankTransactionKind, {
	verb: 'to delete',
	change: (transaction) => success({ ...repeatedOfTransaction(transaction), Status: 'DELETED' }),
	deletes: true,
});
