import type { TrackingCategory } from '../world/Books';
import { parameter } from './AccountingResource';
import { readOnlyList } from './readOnlyList';

export const trackingCategories = readOnlyList<TrackingCategory>({
	name: 'TrackingCategories',
	typeName: 'TrackingCategory',
	scopes: ['accounting.settings'],
	rows: (books) => books.trackingCategories,
	fields: {
		TrackingCategoryID: { type: 'Guid', get: ({ id }) => id },
		Name: { type: 'String', get: ({ name }) => name },
		Status: { type: 'String', get: ({ status }) => status },
	},
	keep: (category, call) =>
		category.status === 'ACTIVE' || parameter(call.request, 'includeArchived') === 'true',
	present: (category) => ({
		Name: category.name,
		Status: category.status,
		TrackingCategoryID: category.id,
		Options: category.options.map((option) => ({
			TrackingOptionID: option.id,
			Name: option.name,
			Status: option.status,
		})),
	}),
});
