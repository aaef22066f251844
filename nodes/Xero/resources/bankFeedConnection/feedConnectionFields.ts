import { refuseInput, success } from '../../errors/failure';
import { codePicker } from '../../fields/codePicker';
import { currencyPicker } from '../../fields/codePickers';
import type { Field } from '../../fields/Field';
import { asId, asText } from '../../fields/writers';
import { locatorValue } from '../../values/locatorValue';

/** Text that Xero wants, up to its limit. */
function textField(field: {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly longest: number;
	readonly required?: boolean;
}): Field {
	const { longest, required, ...names } = field;
	return {
		property: { ...names, type: 'string', default: '', ...(required === true && { required }) },
		write(value, label) {
			const text = locatorValue(value).value;
			if (text === '') {
				return required === true ? refuseInput(`${label} is not set`) : success({});
			}
			return text.length > longest
				? refuseInput(`${label} has ${text.length} characters; Xero takes ${longest}`)
				: success({ [field.name]: text });
		},
	};
}

const accountType: Field = {
	property: {
		displayName: 'Account Type',
		name: 'accountType',
		type: 'options',
		options: [
			{ name: 'Bank Account', value: 'BANK', description: 'Everything but credit cards' },
			{ name: 'Credit Card', value: 'CREDITCARD' },
		],
		default: 'BANK',
		description: 'What kind of account the institution keeps',
		required: true,
	},
	write: asText('accountType'),
};

const currency: Field = {
	property: currencyPicker({
		displayName: 'Currency',
		name: 'currency',
		description: 'Currency of the account',
	}),
	write: (value, label) =>
		locatorValue(value).value === ''
			? refuseInput(`${label} is not set`)
			: asText('currency')(value, label),
};

const account: Field = {
	property: codePicker({
		displayName: 'Bank Account',
		name: 'accountId',
		description: 'The account in Xero that gets the feed; not needed where Account Number is set',
		searchListMethod: 'searchBankAccounts',
		manual: { displayName: 'By ID', placeholder: 'e.g. 079a88ea-276d-41fb-a1f1-366ef3e22921' },
	}),
	write: asId('accountId'),
};

/** What a feed connection is made of, the required ones first. */
export const ownFields: readonly Field[] = [
	textField({
		displayName: 'Account Token',
		name: 'accountToken',
		description: "The institution's own name of the account; unique within the institution",
		longest: 50,
		required: true,
	}),
	accountType,
	currency,
];

export const moreFields: readonly Field[] = [
	textField({
		displayName: 'Account Name',
		name: 'accountName',
		description:
			'For the bank account that Xero makes where none has the number. Up to 30 characters.',
		longest: 30,
	}),
	textField({
		displayName: 'Account Number',
		name: 'accountNumber',
		description:
			'By which Xero finds the bank account, or makes one. Up to 40 characters; of a credit card the last 4 digits only.',
		longest: 40,
	}),
	account,
	textField({
		displayName: 'Country',
		name: 'country',
		description: 'Two letters, such as NZ; only for institutions that work in several countries',
		longest: 2,
	}),
];
