import type { Currency } from '../../world/Books';
import { readOnlyList } from '../../query/readOnlyList';

export const currencies = readOnlyList<Currency>({
	name: 'Currencies',
	typeName: 'Currency',
	scopes: ['accounting.settings'],
	rows: (books) => books.currencies,
	fields: {
		Code: { type: 'String', get: ({ id }) => id },
		Description: { type: 'String', get: ({ description }) => description },
	},
	present: (currency) => ({ Code: currency.id, Description: currency.description }),
});
