import { createOperation } from '../common/createOperation';
import { contactField } from '../fields/documentFields';
import { plainLines } from '../fields/lineItems';
import {
	bankTransactionFields,
	bankTransactionTypeField,
	transactionBankAccountField,
} from './bankTransactionFields';
import { bankTransactionKind } from './bankTransactionKind';

export const { description, request, execute } = createOperation(bankTransactionKind, {
	own: [
		bankTransactionTypeField,
		contactField('Who was paid, or who paid'),
		transactionBankAccountField,
	],
	more: bankTransactionFields,
	lines: plainLines,
});
