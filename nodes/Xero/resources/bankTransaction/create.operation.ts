import { plainLines } from '../../documents/lineItems';
import { contactField } from '../../fields/documentFields';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { createOperation } from '../../operations/createOperation';
import {
	bankTransactionFields,
	bankTransactionTypeField,
	transactionBankAccountField,
} from './bankTransactionFields';

export const { description, request, execute } = createOperation(bankTransactionKind, {
	own: [
		bankTransactionTypeField,
		contactField('Who was paid, or who paid'),
		transactionBankAccountField,
	],
	more: bankTransactionFields,
	lines: plainLines,
});
