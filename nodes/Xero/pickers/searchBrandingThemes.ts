import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchBrandingThemes: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'BrandingThemes');
	return {
		results: matching(
			records.map(({ Name, BrandingThemeID }) => ({
				name: String(Name),
				value: String(BrandingThemeID),
			})),
			filter,
		),
	};
};
