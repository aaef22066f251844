import { readOnlyList } from '../../query/readOnlyList';
import type { Currency } from '../../world/Books';

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
