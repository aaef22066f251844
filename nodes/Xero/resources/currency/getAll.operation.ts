import { textFilter, whereFilter } from '../../filters/filters';
import { listOperation, type ListedKind } from '../../operations/listOperation';

/** Of a currency there are a code and a name, and nothing to leave out. */
const currencyKind: ListedKind = {
	collection: {
		name: 'Currencies',
		path: 'api.xro/2.0/Currencies',
		idField: 'Code',
		label: 'currency',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
	},
};

export const { description, request, execute } = listOperation(currencyKind, {
	filters: [
		textFilter('Code', 'code', 'Code', { placeholder: 'e.g. NZD' }),
		whereFilter('Code!="NZD"'),
	],
	sortFields: [{ name: 'Code', value: 'Code' }],
});
