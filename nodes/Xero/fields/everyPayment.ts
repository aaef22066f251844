import { refuseInput, success } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import { dayField } from './documentFields';
import type { Field, Writer } from './Field';
import { asDecimal, required } from './writers';

/** An account by its id, or else by its code: bank accounts need not have one. */
const asAccount: Writer = (value, label) => {
	const { value: picked } = locatorValue(value);
	if (picked === '') {
		return refuseInput(`${label} is not set`, 'Choose an account, or give its code or ID.');
	}
	const id = parseXeroId(picked, label);
	return success({ Account: id.ok ? { AccountID: id.value } : { Code: picked } });
};

/** Of a payment alone, and of a batch of payments. */
export const paymentAccountField: Field = {
	property: {
		displayName: 'Account',
		name: 'account',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'Where the money comes from or goes to: a bank account, or one that payments are enabled for',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an account...',
				typeOptions: { searchListMethod: 'searchPaymentAccounts', searchable: true },
			},
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. 090' },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5690f1e8-1d02-4893-90c2-ee1a69eff942',
			},
		],
	},
	write: asAccount,
};

/** An account to change to. */
export const otherPaymentAccountField: Field = {
	property: { ...paymentAccountField.property, required: false },
	write: (value, label) =>
		locatorValue(value).value === '' ? success({}) : asAccount(value, label),
};

export const paymentDateField: Field = dayField(
	'Date',
	'date',
	'Date',
	'Day of the payment, as written; today in the time zone of the workflow if left empty',
);

/** An amount that a payment cannot go without. */
export const paymentAmountField: Field = {
	property: {
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 99.95',
		description: 'In the currency of the document; no more than what is outstanding',
	},
	write: required(asDecimal('Amount'), 'Give the amount, such as 99.95.'),
};

/** An amount where the payment may have been pushed before. */
export const otherPaymentAmountField: Field = {
	property: { ...paymentAmountField.property, required: false },
	write: asDecimal('Amount'),
};
