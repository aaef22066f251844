import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const brandingThemeKind: RecordKind = {
	collection: {
		name: 'BrandingThemes',
		path: 'api.xro/2.0/BrandingThemes',
		idField: 'BrandingThemeID',
		label: 'branding theme',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
	},
	locator: recordLocator({
		displayName: 'Branding Theme',
		name: 'brandingTheme',
		searchListMethod: 'searchBrandingThemes',
		noun: 'a branding theme',
		required: true,
	}),
	simplify: ({ BrandingThemeID, Name, Type, SortOrder }) => ({
		Name,
		Type,
		SortOrder,
		BrandingThemeID,
	}),
};
