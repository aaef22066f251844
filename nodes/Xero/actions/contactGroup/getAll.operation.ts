import { listOperation } from '../common/listOperation';
import { commonFilters, textFilter } from '../fields/filters';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = listOperation(contactGroupKind, {
	filters: [textFilter('Name', 'name', 'Name'), commonFilters.where],
	sortFields: [{ name: 'Name', value: 'Name' }],
});
