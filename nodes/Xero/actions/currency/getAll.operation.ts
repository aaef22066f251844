import { listOperation } from '../common/listOperation';
import type { RecordKind } from '../common/RecordKind';
import { commonFilters, textFilter } from '../fields/filters';

const currencyKind: Omit<RecordKind, 'locator'> = {
	resource: 'currency',
	collection: {
		name: 'Currencies',
		path: 'api.xro/2.0/Currencies',
		idField: 'Code',
		label: 'currency',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
	},
	simplify: ({ Code, Description }) => ({ Code, Description }),
};

export const { description, request, execute } = listOperation(currencyKind, {
	filters: [textFilter('Code', 'code', 'Code', { placeholder: 'e.g. NZD' }), commonFilters.where],
	sortFields: [{ name: 'Code', value: 'Code' }],
});
