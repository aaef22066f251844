import { commonFilters, textFilter, whereFilter } from '../../filters/filters';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(trackingCategoryKind, {
	filters: [
		commonFilters.includeArchived,
		textFilter('Name', 'name', 'Name'),
		whereFilter('Name.StartsWith("Re")'),
	],
	sortFields: [
		{ name: 'Name', value: 'Name' },
		{ name: 'Tracking Category ID', value: 'TrackingCategoryID' },
	],
});
