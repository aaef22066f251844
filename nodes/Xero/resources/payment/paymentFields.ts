import type { INodeProperties } from 'n8n-workflow';

import { otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asDecimal, asFlag } from '../../fields/writers';

/** Everything else of a payment that can be written. */
export const paymentFields: readonly Field[] = [
	textDocumentField(
		'Bank Account Number',
		'bankAccountNumber',
		'BankAccountNumber',
		'The account of the supplier, for payments of bills',
	),
	{
		property: amount('Bank Amount', 'bankAmount', 'In the currency of the account, if another'),
		write: asDecimal('BankAmount'),
	},
	{
		property: amount('Currency Rate', 'currencyRate', "Rate to the base currency; Xero's if empty"),
		write: asDecimal('CurrencyRate'),
	},
	textDocumentField('Details', 'details', 'Details', 'For the bank statement of the supplier'),
	{
		property: {
			displayName: 'Is Reconciled',
			name: 'isReconciled',
			type: 'boolean',
			default: false,
			description:
				'Whether to mark the payment as reconciled. For conversions; Xero matches nothing.',
		},
		write: asFlag('IsReconciled'),
	},
	otherFieldsField,
	textDocumentField(
		'Particulars',
		'particulars',
		'Particulars',
		'For the bank statement of the supplier. New Zealand only.',
	),
	textDocumentField('Reference', 'reference', 'Reference', 'Additional reference'),
];

function amount(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', description };
}
