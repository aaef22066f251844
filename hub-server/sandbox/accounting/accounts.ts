import { readOnlyList } from './readOnlyList';
import { msDateTime } from './xeroDate';

export const accounts = readOnlyList({
	name: 'Accounts',
	typeName: 'Account',
	scopes: ['accounting.settings'],
	rows: ({ accounts }) => accounts,
	fields: {
		AccountID: { type: 'Guid', get: ({ id }) => id },
		Code: { type: 'String', get: ({ code }) => code },
		Name: { type: 'String', get: ({ name }) => name },
		Type: { type: 'String', get: ({ type }) => type },
		Class: { type: 'String', get: (account) => account.class },
		Status: { type: 'String', get: ({ status }) => status },
		TaxType: { type: 'String', get: ({ taxType }) => taxType },
		SystemAccount: { type: 'String', get: ({ systemAccount }) => systemAccount },
		EnablePaymentsToAccount: {
			type: 'Boolean',
			get: ({ fields }) => fields['EnablePaymentsToAccount'] === true,
		},
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	},
	findByKey: (books, key) => books.accounts.find('code', key.toLowerCase()),
	present: (account) => ({
		AccountID: account.id,
		...(account.code !== undefined && { Code: account.code }),
		Name: account.name,
		Status: account.status,
		Type: account.type,
		TaxType: account.taxType,
		Class: account.class,
		...(account.systemAccount !== undefined && { SystemAccount: account.systemAccount }),
		EnablePaymentsToAccount: false,
		ShowInExpenseClaims: false,
		...account.fields,
		HasAttachments: false,
		UpdatedDateUTC: msDateTime(account.updatedMs),
		AddToWatchlist: false,
	}),
});
