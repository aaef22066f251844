import { keptLines, withoutTaxAmount } from '../../documents/keptLines';
import { withoutComputed } from '../../documents/withoutComputed';
import { success } from '../../errors/failure';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { statusOperation } from '../../operations/statusOperation';
import { repeatedOfTransaction } from './repeatedOfTransaction';

/** What is deleted need not keep its total: nothing that Xero might refuse goes back. */
export const { description, request, execute } = statusOperation(bankTransactionKind, {
	verb: 'to delete',
	change: (transaction) =>
		success({
			...repeatedOfTransaction(transaction),
			LineItems: keptLines(transaction, {}).map((line) =>
				withoutTaxAmount(withoutComputed(line, line)),
			),
			Status: 'DELETED',
		}),
	deletes: true,
});
