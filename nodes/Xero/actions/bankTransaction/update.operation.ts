import { updateOperation } from '../common/updateOperation';
import { otherBankAccountField } from '../fields/bankAccountField';
import { otherContactField } from '../fields/documentFields';
import { plainLines } from '../fields/lineItems';
import { bankAccountNames, bankTransactionFields } from './bankTransactionFields';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = updateOperation(bankTransactionKind, {
	fields: [
		...bankTransactionFields,
		otherBankAccountField(bankAccountNames, 'BankAccount'),
		otherContactField,
	],
	lines: plainLines,
});
