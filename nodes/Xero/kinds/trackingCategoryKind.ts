import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const trackingCategoryKind: RecordKind = {
	collection: {
		name: 'TrackingCategories',
		path: 'api.xro/2.0/TrackingCategories',
		idField: 'TrackingCategoryID',
		label: 'tracking category',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
		writes: 'bare',
	},
	locator: recordLocator({
		displayName: 'Tracking Category',
		name: 'trackingCategory',
		searchListMethod: 'searchTrackingCategories',
		noun: 'a tracking category',
		required: true,
	}),
	simplify: simplifyTrackingCategory,
};

/** Its name and those of its options. */
function simplifyTrackingCategory(category: IDataObject): IDataObject {
	const options = (category.Options as IDataObject[] | undefined) ?? [];
	return {
		Name: category.Name,
		OptionNames: options.map(({ Name }) => Name) as string[],
		Status: category.Status,
		TrackingCategoryID: category.TrackingCategoryID,
	};
}
