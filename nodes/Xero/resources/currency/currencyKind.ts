import type { ListedKind } from '../../operations/listOperation';

/** Of a currency there are a code and a name, and nothing to leave out. */
export const currencyKind: ListedKind = {
	collection: {
		name: 'Currencies',
		path: 'api.xro/2.0/Currencies',
		idField: 'Code',
		label: 'currency',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
		writes: 'bare',
	},
};
