import { textFilter, whereFilter } from '../../filters/filters';
import { listOperation } from '../../operations/listOperation';
import { currencyKind } from './currencyKind';

export const { description, request, execute } = listOperation(currencyKind, {
	filters: [
		textFilter('Code', 'code', 'Code', { placeholder: 'e.g. NZD' }),
		whereFilter('Code!="NZD"'),
	],
	sortFields: [{ name: 'Code', value: 'Code' }],
});
