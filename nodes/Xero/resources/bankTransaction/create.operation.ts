import { createOperation } from '../../operations/createOperation';
import { contactField } from '../../fields/documentFields';
import { plainLines } from '../../documents/lineItems';
import {
	bankTransactionFields,
	bankTransactionTypeField,
	transactionBankAccountField,
} from './bankTransactionFields';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';

export const { description, request, execute } = createOperation(bankTransactionKind, {
	own: [
		bankTransactionTypeField,
		contactField('Who was paid, or who paid'),
		transactionBankAccountField,
	],
	more: bankTransactionFields,
	lines: plainLines,
});
