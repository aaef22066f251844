import { plainLines } from '../../documents/lineItems';
import { success } from '../../errors/failure';
import { otherBankAccountField } from '../../fields/bankAccountField';
import { otherContactField } from '../../fields/documentFields';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { readingUpdateOperation } from '../../operations/readingUpdateOperation';
import { bankAccountNames, bankTransactionFields } from './bankTransactionFields';
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
