import { success } from '../../errors/failure';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { statusOperation } from '../../operations/statusOperation';
import { repeatedOfTransaction } from './repeatedOfTransaction';

export const { description, request, execute } = statusOperation(bankTransactionKind, {
	verb: 'to delete',
	change: (transaction) => success({ ...repeatedOfTransaction(transaction), Status: 'DELETED' }),
	deletes: true,
});
