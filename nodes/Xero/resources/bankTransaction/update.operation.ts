import { plainLines } from '../../documents/lineItems';
import { mergeLines } from '../../documents/mergeLines';
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
	(transaction, change) => {
		const { label } = bankTransactionKind.collection;
		const whole =
			change['LineItems'] === undefined
				? mergeLines(transaction, { ...change, LineItems: [] }, label)
				: success(change);
		return whole.ok ? success({ ...repeatedOfTransaction(transaction), ...whole.value }) : whole;
	},
);
