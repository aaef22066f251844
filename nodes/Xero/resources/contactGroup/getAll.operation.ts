import { textFilter, whereFilter } from '../../filters/filters';
import { contactGroupKind } from '../../kinds/contactGroupKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(contactGroupKind, {
	filters: [textFilter('Name', 'name', 'Name'), whereFilter('Name.StartsWith("VIP")')],
	sortFields: [{ name: 'Name', value: 'Name' }],
});
