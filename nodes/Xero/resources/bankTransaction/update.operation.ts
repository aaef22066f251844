import { success } from '../../errors/failure';
import { readingUpdateOperation } from '../../operations/readingUpdateOperation';
import { otherBankAccountField } from '../../fields/bankAccountField';
import { otherContactField } from '../../fields/documentFields';
import { plainLines } from '../../documents/lineItems';
import { bankAccountNames, bankTransactionFields } from './bankTransactionFields';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { repeatedOfTransaction } from './repeatedOfTransaction';

export const { description, request, execute } = readingUpdateOperation(
	bankTransactionKind,
	{
		fields: [
			...bankTransactionFields,
			otherBankAccountField(bankAccountNames, 'BankAccount'),
			otherContactField,
		],
		lines: plainLines,
	},
	(transaction, change) => success({ ...repeatedOfTransaction(transaction, change), ...change }),
);
