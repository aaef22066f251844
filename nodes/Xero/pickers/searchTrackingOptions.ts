import type { IDataObject } from 'n8n-workflow';

import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Every active option of every active category, as `Region: North`. */
export const searchTrackingOptions: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'TrackingCategories');
	return {
		results: matching(
			records.flatMap((category) =>
				((category.Options as IDataObject[] | undefined) ?? [])
					.filter(({ Status }) => Status === undefined || Status === 'ACTIVE')
					.map((option) => ({
						name: `${category.Name}: ${option.Name}`,
						value: `${category.TrackingCategoryID}/${option.TrackingOptionID}`,
					})),
			),
			filter,
		),
	};
};
