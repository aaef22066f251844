import { listOperation } from '../common/listOperation';
import { textFilter, whereFilter } from '../fields/filters';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = listOperation(contactGroupKind, {
	filters: [textFilter('Name', 'name', 'Name'), whereFilter('Name.StartsWith("VIP")')],
	sortFields: [{ name: 'Name', value: 'Name' }],
});
