import { plainLines } from '../../documents/lineItems';
import { otherBankAccountField } from '../../fields/bankAccountField';
import { otherContactField } from '../../fields/documentFields';
import { pushOperation } from '../../operations/pushOperation';
import {
	bankAccountNames,
	bankTransactionFields,
	bankTransactionTypeField,
} from './bankTransactionFields';

export const { description, hub, execute } = pushOperation({
	entity: 'bank_transaction',
	fields: [
		bankTransactionTypeField,
		...bankTransactionFields,
		otherBankAccountField(bankAccountNames, 'BankAccount'),
		otherContactField,
	],
	lines: plainLines,
});
