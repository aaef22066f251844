import { listOperation } from '../common/listOperation';
import { commonFilters, textFilter } from '../fields/filters';
import { trackingCategoryKind } from './trackingCategoryKind';

export const { description, request, execute } = listOperation(trackingCategoryKind, {
	filters: [commonFilters.includeArchived, textFilter('Name', 'name', 'Name'), commonFilters.where],
	sortFields: [
		{ name: 'Name', value: 'Name' },
		{ name: 'Tracking Category ID', value: 'TrackingCategoryID' },
	],
});
